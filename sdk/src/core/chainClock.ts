import type { Provider } from "ethers";

import type { Clock } from "./Clock.js";
import { askNode } from "./errors/askNode.js";
import { ContractRevertError } from "./errors/ContractRevertError.js";
import { RpcError } from "./errors/RpcError.js";
import { unexpectedAnswer } from "./reads/unexpectedAnswer.js";

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
    const pending = await askNode(() => provider.call({ data: TELL_TIME, blockTag: "pending" })).catch(refused);
    if (pending !== "0x") return timeOf(pending);
    const latest = await askNode(async () => provider.getBlock("latest"));
    if (latest !== null) return BigInt(latest.timestamp);
    throw unexpectedAnswer("The node has no latest block.");
  };
}

/** A node that knows no pending block says so; one that fails otherwise would not tell the latest either. */
function refused(error: unknown): string {
  if (error instanceof ContractRevertError) return "0x";
  if (error instanceof RpcError && error.code === "RPC_REFUSED") return "0x";
  throw error;
}

/** A block's time is a word of 32 bytes, and no later than the year 36812, as everywhere in the suite. */
function timeOf(answer: string): bigint {
  const time = /^0x[0-9a-f]{64}$/.test(answer) ? BigInt(answer) : 2n ** 40n;
  if (time < 2n ** 40n) return time;
  throw unexpectedAnswer("The node answered a time that is none.", { answer });
}
