import { Interface } from "ethers";

import { type ChainPlace, readOnChain } from "../../core/reads/readOnChain.js";
import { unexpectedAnswer } from "../../core/reads/unexpectedAnswer.js";

const erc20 = new Interface([
  "function balanceOf(address account) view returns (uint256)",
  "function allowance(address owner, address spender) view returns (uint256)",
]);

/** What an account can pay a spender with, in base units. Errors: {@link RpcError}, {@link ContractRevertError}. */
export async function readFunds(
  place: ChainPlace,
  token: string,
  account: string,
  spender: string,
): Promise<{ readonly balance: bigint; readonly allowance: bigint }> {
  const ask = async (name: "balanceOf" | "allowance", ...args: readonly string[]): Promise<bigint> => {
    const data = erc20.encodeFunctionData(name, args);
    const answer = await readOnChain(place, () => place.provider.call({ to: token, data }), token);
    if (/^0x[0-9a-f]{64}$/.test(answer)) return BigInt(answer);
    throw unexpectedAnswer(`The token ${token} told no amount.`, { token, name, answer });
  };
  const [balance, allowance] = await Promise.all([ask("balanceOf", account), ask("allowance", account, spender)]);
  return { balance, allowance };
}
