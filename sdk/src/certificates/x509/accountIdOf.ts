import { getAddress } from "ethers";

/**
 * The CAIP-10 id of an account, as requests carry it.
 *
 * @example
 * import { accountIdOf } from "@guildhall/sdk/certificates";
 * assert.equal(accountIdOf({ chainId: 1n, applicant: wallet.address }), `eip155:1:${wallet.address}`);
 */
export function accountIdOf({ chainId, applicant }: { readonly chainId: bigint; readonly applicant: string }): string {
  return `eip155:${chainId}:${getAddress(applicant)}`;
}
