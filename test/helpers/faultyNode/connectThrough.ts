import { FetchRequest, JsonRpcProvider } from "ethers";

import type { FaultyNode } from "./FaultyNode.js";

/** Milliseconds after which a request to a faulty node has failed; each one that hangs in a test costs as much. */
export const IMPATIENT = 60;
/** Milliseconds that an honest node has, however busy the machine is. */
export const PATIENT = 20_000;

/** A provider whose patience can be set. */
export class PatientProvider extends JsonRpcProvider {
  patience = PATIENT;

  override _getConnection(): FetchRequest {
    const request = super._getConnection();
    request.timeout = this.patience;
    return request;
  }
}

/** A provider that asks through a faulty node: it caches nothing, and hardly waits where it is told to slow down. */
export function connectThrough(node: FaultyNode): PatientProvider {
  const request = new FetchRequest(node.url);
  request.setThrottleParams({ slotInterval: 1, maxAttempts: 3 });
  return new PatientProvider(request, undefined, { cacheTimeout: -1, pollingInterval: 20, batchStallTime: 0 });
}
