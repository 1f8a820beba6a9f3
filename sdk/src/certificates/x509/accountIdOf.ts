import { getAddress, isAddress } from "ethers";

import { CertificateError } from "../CertificateError.js";

/**
 * The CAIP-10 id of an account, as requests carry it.
 *
 * Errors: {@link CertificateError} REQUEST_APPLICANT.
 *
 * @example
 * import { accountIdOf } from "@guildhall/sdk/certificates";
 * assert.equal(accountIdOf({ chainId: 1n, applicant: wallet.address }), `eip155:1:${wallet.address}`);
 */
export function accountIdOf({ chainId, applicant }: { readonly chainId: bigint; readonly applicant: string }): string {
  if (!isAddress(applicant)) throw new CertificateError("REQUEST_APPLICANT", { applicant });
  return `eip155:${chainId}:${getAddress(applicant)}`;
}
