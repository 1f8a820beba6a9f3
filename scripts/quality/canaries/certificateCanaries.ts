import type { Canary } from "./Canary.js";
import { npm } from "./npm.js";

const LEDGER = "contracts/certificates/CertificateLedger.sol";

/** Faults of certificates, which their own tests and proofs must notice. */
export const CERTIFICATE_CANARIES: readonly Canary[] = [
  {
    name: "certificates: an issuer's signature that nobody checks",
    gate: [["hardhat", "build"], npm("test:contracts", "test/certificates/issueChecked.ts")],
    of: ["test:contracts"],
    says: /CertificateLedgerWrongIssuerSignature/u,
    plant: ({ replace }) => {
      replace(LEDGER, "_isSigned(certificate, issuerKey),", "true,");
    },
  },
  {
    name: "certificates: a key with two that are live",
    gate: [["env", "FOUNDRY_INVARIANT_RUNS=8", ...npm("test:deep", "test/certificates/CertificateInvariants.t.sol")]],
    of: ["test:deep"],
    says: /Failure: test\/certificates\/CertificateInvariants/u,
    plant: ({ replace }) => {
      replace(LEDGER, "!_isLive(word.accountType()) || block.timestamp > word.notAfter(),", "true,");
    },
  },
  {
    name: "certificates: an arrow that is not drawn",
    gate: [["hardhat", "build"], npm("test:contracts", "test/certificates/certificateMatrix.ts")],
    of: ["test:contracts"],
    says: /[1-9]\d* failing/u,
    plant: ({ replace }) => {
      replace("contracts/certificates/CertificateMoves.sol", "allowed = committee && !expired;", "allowed = !expired;");
    },
  },
  {
    name: "proof: a freeze that anybody undoes",
    gate: [npm("prove", "CertificateMovesProof.unfreeze")],
    says: /FAILED .*CertificateMovesProof\.unfreeze/u,
    needs: "z3",
    plant: ({ replace }) => {
      replace(
        "contracts/certificates/CertificateMoves.sol",
        "(named && requester == frozenBy)",
        "requester == frozenBy || named",
      );
    },
  },
];
