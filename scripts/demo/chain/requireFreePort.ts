import { once } from "node:events";
import { createServer } from "node:net";

import { ScriptError } from "../../support/ScriptError.js";

/** Refuses a port that somebody listens on; 0 stands for any free one. */
export async function requireFreePort(port: number): Promise<void> {
  const probe = createServer();
  try {
    probe.listen(port, "127.0.0.1");
    await once(probe, "listening");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ScriptError(
      "PortTaken",
      `No chain can listen on port ${port}: ${reason}. Pass another one with --port, or end what listens there.`,
      { port },
      { cause },
    );
  }
  probe.close();
  await once(probe, "close");
}
