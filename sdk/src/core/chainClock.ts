import type { Provider } from "ethers";

import type { Clock } from "./Clock.js";
import { askNode } from "./errors/askNode.js";
import { RpcError } from "./errors/RpcError.js";

/** Creation code that "deploys" the block's timestamp: `return(abi.encode(block.timestamp))`. */
const TELL_TIME = "0x4260005260206000f3";

/**
 * The time at which a transaction sent now would run, as contracts see it: the timestamp of the pending block, or of the
 * latest where the node knows no pending one. A device whose own clock is wrong cannot err by it.
 *
 * The block itself would tell as much, but ethers refuses to read pending blocks, which have no number.
 *
 * @example
 * import { chainClock } from "@guildhall/sdk";
 * const now = await chainClock(provider)();
 * assert.ok(now > 1_700_000_000n);
 */
export function chainClock(provider: Provider): Clock {
  return async () => {
    const pending = await provider.call({ data: TELL_TIME, blockTag: "pending" }).catch(() => "0x");
    if (/^0x[0-9a-f]{64}$/.test(pending)) return BigInt(pending);
    const latest = await askNode(async () => provider.getBlock("latest"));
    if (latest !== null) return BigInt(latest.timestamp);
    throw new RpcError({
      code: "RPC_UNEXPECTED_ANSWER",
      args: { answer: null },
      what: "The node has no latest block.",
      advice: "Wait until it is in sync, or use another node.",
    });
  };
}
