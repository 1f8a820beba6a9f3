import type { Provider } from "ethers";

import { withDecodedErrors } from "./errors/withDecodedErrors.js";
import { RpcError } from "./errors/RpcError.js";
import type { Clock } from "./Clock.js";

/**
 * The time at which a transaction sent now would run: the timestamp of the pending block, or of the latest where the
 * node shows no pending one. It is the clock that contracts go by, so that a device with a wrong clock cannot err.
 *
 * @example
 * import { chainClock } from "@guildhall/sdk";
 * const now = await chainClock(provider)();
 * assert.ok(now > 1_700_000_000n);
 */
export function chainClock(provider: Provider): Clock {
  return async () => {
    const block = await withDecodedErrors(async () => {
      const pending = await provider.getBlock("pending").catch(() => null);
      return pending ?? (await provider.getBlock("latest"));
    });
    if (block === null) {
      throw new RpcError({
        code: "RPC_UNEXPECTED_ANSWER",
        args: {},
        what: "The node has no latest block.",
        advice: "Wait until it is in sync, or use another node.",
      });
    }
    return BigInt(block.timestamp);
  };
}
