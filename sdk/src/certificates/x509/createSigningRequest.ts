import { oids } from "./algorithms.js";
import { accountIdOf } from "./accountIdOf.js";
import { tags } from "./der/DerNode.js";
import { writeDer } from "./der/writeDer.js";
import { writeInteger } from "./der/writeInteger.js";
import { writeOid } from "./der/writeOid.js";
import type { KeyPair } from "./KeyPair.js";
import { parseSigningRequest } from "./parseSigningRequest.js";
import { ChallengePasswordAttribute } from "./peculiar.js";
import type { SigningRequest } from "./SigningRequest.js";
import type { SubjectName } from "./SubjectName.js";
import { type NamesToWrite, writeAlternativeNames } from "./writeAlternativeNames.js";
import { writeName } from "./writeName.js";
import { writeSigned } from "./writeSigned.js";

/** What a request is made of. */
export type SigningRequestParameters = {
  readonly key: KeyPair;
  readonly subject: SubjectName;
  readonly names?: NamesToWrite;
  /** The chain of the ledger that is applied to. */
  readonly chainId: bigint;
  /** The account that applies. */
  readonly applicant: string;
};

/**
 * Makes a PKCS#10 request: proof that whoever made it holds the key. It names the account that applies as its challenge
 * password, so that nobody else can apply with it.
 *
 * Errors: `CertificateError` CERT_NAME, REQUEST_APPLICANT.
 *
 * @example
 * import { createKeyPair, createSigningRequest } from "@guildhall/sdk/certificates";
 * const key = await createKeyPair("P-256");
 * const names = { dns: ["node7.example"] };
 * const subject = { commonName: "node 7" };
 * const request = await createSigningRequest({ key, subject, names, chainId: 1n, applicant: wallet.address });
 * assert.equal(request.account, `eip155:1:${wallet.address}`);
 */
export async function createSigningRequest({
  key,
  subject,
  names = {},
  chainId,
  applicant,
}: SigningRequestParameters): Promise<SigningRequest> {
  const account = new ChallengePasswordAttribute(accountIdOf({ chainId, applicant }));
  const attributes = [new Uint8Array(account.rawData)];
  const extension = writeAlternativeNames(names);
  if (extension !== undefined) {
    const list = writeDer(tags.sequence, extension);
    attributes.push(writeDer(tags.sequence, writeOid(oids.extensionRequest), writeDer(tags.set, list)));
  }
  const info = writeDer(tags.sequence, writeInteger(0n), writeName(subject), key.spki, writeDer(0xa0, ...attributes));
  return parseSigningRequest(await writeSigned(info, key));
}
