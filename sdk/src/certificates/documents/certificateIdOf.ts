import { TypedDataEncoder } from "ethers";

import { mutableTypes } from "../../core/signatures/hashTyped.js";
import { certificateTypes } from "./certificateTypes.js";

/** Which certificate, under whom. */
export type CertificateIdParameters = {
  readonly committeeId: string;
  /** SHA-256 of the certificate's DER. */
  readonly contentHash: string;
};

/**
 * A certificate's id. Who trusts the committee derives it from the bytes at hand, and so takes nobody else's certificate for it.
 *
 * @example
 * import { certificateIdOf } from "@guildhall/sdk";
 * const hash = `0x${"11".repeat(32)}`;
 * assert.equal(certificateIdOf({ committeeId: hash, contentHash: hash }).length, 66);
 */
export function certificateIdOf({ committeeId, contentHash }: CertificateIdParameters): string {
  const types = mutableTypes(certificateTypes.Certificate);
  return TypedDataEncoder.hashStruct("Certificate", types, { committeeId, contentHash });
}
