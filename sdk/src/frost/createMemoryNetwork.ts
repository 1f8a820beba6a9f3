import { FrostError } from "./FrostError.js";
import type { FrostTransport } from "./FrostTransport.js";

/**
 * Transports that connect parties of one process, for tests and for trying things out.
 *
 * @param ids - The parties' names.
 * @returns One transport for each name.
 * @example
 * import { createMemoryNetwork } from "@guildhall/sdk";
 * const network = createMemoryNetwork(["a", "b"]);
 * await network("a").send("b", "hello");
 * assert.equal(await network("b").receive(AbortSignal.timeout(1_000)), "hello");
 */
export function createMemoryNetwork(ids: readonly string[]): (id: string) => FrostTransport {
  const mailboxes = new Map(ids.map((id) => [id, new Mailbox()]));
  const mailbox = (id: string): Mailbox => {
    const found = mailboxes.get(id);
    if (found === undefined) throw new FrostError("FROST_UNKNOWN_MEMBER", { member: id });
    return found;
  };
  return (self) => ({
    send: (to, message) => {
      mailbox(to).put(message);
      return Promise.resolve();
    },
    broadcast: (message) => {
      for (const [id, box] of mailboxes) if (id !== self) box.put(message);
      return Promise.resolve();
    },
    receive: (signal) => mailbox(self).take(signal),
  });
}

class Mailbox {
  readonly #messages: string[] = [];
  #wake: (() => void) | undefined;

  put(message: string): void {
    this.#messages.push(message);
    this.#wake?.();
  }

  async take(signal: AbortSignal): Promise<string | undefined> {
    while (this.#messages.length === 0) {
      if (signal.aborted) return undefined;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          signal.removeEventListener("abort", wake);
          resolve();
        };
        signal.addEventListener("abort", wake);
        this.#wake = wake;
      });
    }
    return this.#messages.shift();
  }
}
