import { AbiCoder, HDNodeWallet, id, keccak256, verifyTypedData, Wallet } from "ethers";

import {
  type Application,
  type CertificationResult,
  envelopeHash,
  type IdentificationEnvelope,
  type SignedResult,
  submissionTypedData,
} from "../../sdk/src/certificates/index.js";
import { type CertificatesPlace, type DocumentSigner, signTyped } from "../../sdk/src/index.js";

/** The ledger that is applied to where there is no chain. */
export const place = { chainId: 31_337n, contract: "0x00000000000000000000000000000000000000C1" };
/** The key of the account that applies there, the second that every development node has. */
export const applicant = HDNodeWallet.fromPhrase(`${"test ".repeat(11)}junk`, undefined, "m/44'/60'/0'/0/1");

/** The applicant's signature that an application goes to centres with these envelopes. */
export async function submit(
  application: Application,
  envelopes: readonly IdentificationEnvelope[],
  by: DocumentSigner = applicant,
  ledger: CertificatesPlace = place,
): Promise<string> {
  const data = submissionTypedData(ledger, { application, envelopes: envelopes.map(envelopeHash) });
  return (await signTyped(by, data)).signature;
}

/** A rule for ids as a ledger might have it. */
export function applicationIdOf(application: Application): string {
  const { committeeId, centre, applicant, subjectKeyHash, identityHash, possessionHash } = application;
  const { notBefore, notAfter, deadline } = application;
  const types = ["bytes32", "uint32", "address", "bytes32", "bytes32", "bytes32", "uint40", "uint40", "uint40"];
  const hashes = [subjectKeyHash, identityHash, possessionHash];
  const values = [committeeId, centre, applicant, ...hashes, notBefore, notAfter, deadline];
  return keccak256(AbiCoder.defaultAbiCoder().encode(types, values));
}

const domain = { name: "Certificates of the tests", version: "1", chainId: 31_337n };
const types = {
  CertificationResult: [
    { name: "committeeId", type: "bytes32" },
    { name: "epoch", type: "uint32" },
    { name: "applicationId", type: "bytes32" },
    { name: "tbsHash", type: "bytes32" },
    { name: "contentHash", type: "bytes32" },
    { name: "approved", type: "bool" },
    { name: "reason", type: "uint16" },
  ],
};

/** The key of a centre, by its number. */
export function signerOf(centre: number): {
  readonly signResult: (result: CertificationResult) => Promise<string>;
  readonly verify: (signed: SignedResult) => boolean;
} {
  const wallet = new Wallet(id(`the key of centre ${centre}`));
  return {
    signResult: async (result) => wallet.signTypedData(domain, types, result),
    verify: ({ result, signature }) => verifyTypedData(domain, types, result, signature) === wallet.address,
  };
}
