import { Contract, type Provider } from "ethers";

import { withDecodedErrors } from "../../core/errors/withDecodedErrors.js";

const erc20 = [
  "function balanceOf(address account) view returns (uint256)",
  "function allowance(address owner, address spender) view returns (uint256)",
];

/** What an account can pay a spender with, in base units. Errors: {@link RpcError}, {@link ContractRevertError}. */
export async function readFunds(
  provider: Provider,
  token: string,
  account: string,
  spender: string,
): Promise<{ readonly balance: bigint; readonly allowance: bigint }> {
  const contract = new Contract(token, erc20, provider);
  const ask = (name: string, ...args: readonly string[]): Promise<bigint> =>
    withDecodedErrors(async () => (await contract.getFunction(name).staticCall(...args)) as bigint, token);
  const [balance, allowance] = await Promise.all([ask("balanceOf", account), ask("allowance", account, spender)]);
  return { balance, allowance };
}
