import type { Provider, Signer, TransactionRequest, TransactionResponse } from "ethers";

import { StandardToken__factory } from "../../../typechain-types/factories/mocks/tokens/StandardToken__factory.js";

/** How much dearer gas may get while the parties play: a dozen full blocks, each by an eighth, and some blocks between. */
const DEARER = 5n;

/** Who gets what. */
export type FundParameters = {
  readonly provider: Provider;
  readonly funder: Signer;
  readonly token: string;
  /** Addresses by party. */
  readonly accounts: ReadonlyMap<string, string>;
  /** Base units of the token by party. */
  readonly tokens: ReadonlyMap<string, bigint>;
  /** Gas for which a party is given money. */
  readonly gasOf: (party: string) => bigint;
};

/** Gives every party money for gas, and some of them tokens. */
export async function fund({ provider, funder, token, accounts, tokens, gasOf }: FundParameters): Promise<void> {
  const { maxFeePerGas, gasPrice } = await provider.getFeeData();
  const price = DEARER * (maxFeePerGas ?? gasPrice ?? 0n);
  const contract = StandardToken__factory.connect(token, funder);
  const requests: TransactionRequest[] = [];
  for (const [party, to] of accounts) {
    const value = gasOf(party) * price;
    if (value > 0n) requests.push({ to, value });
    const amount = tokens.get(party);
    if (amount !== undefined) requests.push(await contract.mint.populateTransaction(to, amount));
  }
  // All at once: on a chain with slow blocks they share one.
  let nonce = await provider.getTransactionCount(await funder.getAddress(), "pending");
  const sent: TransactionResponse[] = [];
  for (const request of requests) sent.push(await funder.sendTransaction({ ...request, nonce: nonce++ }));
  await Promise.all(sent.map((transaction) => transaction.wait()));
}
