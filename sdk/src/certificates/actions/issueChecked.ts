import { hexlify, sha256 } from "ethers";

import type { ContractAction } from "../../core/transactions/ContractAction.js";
import { certificateIdOf } from "../documents/certificateIdOf.js";
import { findEvent } from "../../core/transactions/findEvent.js";
import { certificateAction } from "./certificateAction.js";
import type { IssuedCertificate, IssueOptions } from "./issue.js";
import { applicationToAbi, previousToAbi } from "./toAbi.js";

/** A P-256 public key by its coordinates, 32 bytes each. */
export type IssuerKey = { readonly x: string; readonly y: string };

/** The parameters of {@link issueChecked}. */
export type IssueCheckedParameters = IssueOptions & {
  /** The certificate, in DER. */
  readonly der: Uint8Array;
  /** The key with which the centre was admitted. */
  readonly issuerKey: IssuerKey;
};

/**
 * Issues a certificate whose issuer's P-256 signature the ledger checks: anyone with the committee's approval. Pure.
 *
 * @example
 * import { certificateActions } from "@guildhall/sdk";
 * const hash = `0x${"11".repeat(32)}`;
 * const application = {
 *   ...{ committeeId: hash, centre: 1, applicant: wallet.address },
 *   ...{ subjectKeyHash: hash, identityHash: hash, possessionHash: hash },
 *   ...{ notBefore: 1_800_000_000, notAfter: 1_900_000_000, deadline: 1_790_000_000 },
 * };
 * const parameters = { application, der: Uint8Array.of(0x30, 0), issuerKey: { x: hash, y: hash } };
 * assert.equal(certificateActions.issueChecked(contract, parameters).name, "issueChecked");
 */
export function issueChecked(
  contract: string,
  { application, der, issuerKey, approved, previous }: IssueCheckedParameters,
): ContractAction<IssuedCertificate> {
  const { epoch, approval } = approved ?? { epoch: 0, approval: "0x" };
  const certificateId = certificateIdOf({ committeeId: application.committeeId, contentHash: sha256(der) });
  return certificateAction({
    contract,
    method: "issueChecked",
    args: [applicationToAbi(application), hexlify(der), issuerKey, BigInt(epoch), approval, previousToAbi(previous)],
    event: "CertificateIssued",
    read: (events) => findEvent(events, "CertificateIssued", { certificateId }),
  });
}
