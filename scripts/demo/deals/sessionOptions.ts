import type { SessionOptions } from "../../../sdk/src/index.js";
import type { Stage } from "../parties/Stage.js";

/** What a session of this party runs on: its key, the chain's clock, the chain. */
export function sessionOptions({ signer, hall }: Stage): SessionOptions {
  return { signer, clock: hall.context.clock, reader: hall.deals.reader };
}
