import type { JsonRpcProvider } from "ethers";

import { ScriptError } from "../../support/ScriptError.js";

/** The timestamp of the latest block: Unix seconds. */
export async function chainTime(provider: JsonRpcProvider): Promise<number> {
  const block = await provider.getBlock("latest");
  if (block !== null) return block.timestamp;
  throw new ScriptError("NoBlock", "The chain has no latest block. Wait until the node is in sync.");
}

/** Seconds between blocks lately, at least 1. */
export async function blockInterval(provider: JsonRpcProvider): Promise<number> {
  const latest = await provider.getBlockNumber();
  const from = Math.max(1, latest - 10);
  if (from >= latest) return 1;
  const [first, last] = await Promise.all([provider.getBlock(from), provider.getBlock(latest)]);
  if (first === null || last === null) return 1;
  return Math.max(1, Math.ceil((last.timestamp - first.timestamp) / (latest - from)));
}
