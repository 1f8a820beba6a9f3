import type { Provider } from "ethers";

import { askNode } from "../errors/askNode.js";
import { unexpectedAnswer } from "./unexpectedAnswer.js";

/** A block by its number, as a node tells it. */
export type BlockPoint = { readonly number: number; readonly hash: string };

/**
 * Reads the hash of a block. A node that knows no such block is behind the one that told its number.
 *
 * Errors: {@link RpcError} RPC_UNEXPECTED_ANSWER where there is no such block, or another is answered.
 */
export async function readBlock(provider: Provider, number: number): Promise<BlockPoint> {
  const block = await askNode(async () => provider.getBlock(number));
  if (block === null) {
    throw unexpectedAnswer(`The node does not know block ${number}.`, { blockNumber: number });
  }
  if (block.number !== number || block.hash === null) {
    throw unexpectedAnswer(`The node answered block ${block.number} where block ${number} was asked for.`, {
      expected: number,
      actual: block.number,
    });
  }
  return { number, hash: block.hash };
}
