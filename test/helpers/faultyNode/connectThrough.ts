import { FetchRequest, JsonRpcProvider } from "ethers";

import type { FaultyNode } from "./FaultyNode.js";

/** Milliseconds after which a request has failed; what hangs in a test costs as much. */
export const PATIENCE = 150;

/** A provider that asks through a faulty node: no cache, a short timeout, and no waiting where it is told to slow down. */
export function connectThrough(node: FaultyNode, timeout = PATIENCE): JsonRpcProvider {
  const request = new FetchRequest(node.url);
  request.timeout = timeout;
  request.setThrottleParams({ slotInterval: 1, maxAttempts: 4 });
  return new JsonRpcProvider(request, undefined, { cacheTimeout: -1, pollingInterval: 20, batchStallTime: 0 });
}
