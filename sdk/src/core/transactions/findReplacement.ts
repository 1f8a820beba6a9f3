import type { Provider, TransactionReceipt, TransactionResponse } from "ethers";

/** Blocks that are looked through once more: nodes behind one URL are not always at the same block. */
const MARGIN = 3;

/** What took a transaction's place under its nonce. */
export type Replacement = {
  readonly reason: "repriced" | "cancelled" | "replaced";
  readonly transaction: TransactionResponse;
  readonly receipt: TransactionReceipt;
};

/** Where to look, and how far one has looked. */
export type ReplacementSearch = { readonly provider: Provider; nextBlock: number | undefined };

/**
 * Looks for another transaction of the same sender under the same nonce, block by block from where the search stands.
 * Undefined while there is none: the nonce is free, or its block is not known yet.
 */
export async function findReplacement(
  search: ReplacementSearch,
  { from, nonce, hash, to, data, value }: TransactionResponse,
): Promise<Replacement | undefined> {
  const { provider } = search;
  const [head, used] = await Promise.all([provider.getBlockNumber(), provider.getTransactionCount(from)]);
  const recent = Math.max(0, head - MARGIN);
  if (used <= nonce) {
    search.nextBlock = recent;
    return undefined;
  }
  const own = await provider.getTransaction(hash);
  if (own !== null && own.blockNumber !== null) return undefined;
  for (let next = search.nextBlock ?? recent; next <= head; next += 1) {
    search.nextBlock = next;
    const block = await provider.getBlock(next, true);
    if (block === null) return undefined;
    const found = block.prefetchedTransactions.find((other) => other.from === from && other.nonce === nonce);
    if (found === undefined) continue;
    // Its own receipt will come.
    const receipt = found.hash === hash ? null : await provider.getTransactionReceipt(found.hash);
    if (receipt === null) return undefined;
    return { reason: reasonOf(found, { from, to, data, value }), transaction: found, receipt };
  }
  return undefined;
}

type Content = Pick<TransactionResponse, "from" | "to" | "data" | "value">;

function reasonOf(other: Content, { from, to, data, value }: Content): Replacement["reason"] {
  if (other.data === data && other.to === to && other.value === value) return "repriced";
  return other.data === "0x" && other.to === from && other.value === 0n ? "cancelled" : "replaced";
}
