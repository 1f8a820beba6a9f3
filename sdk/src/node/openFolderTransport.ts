import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { FrostError } from "../frost/FrostError.js";
import type { FrostTransport } from "../frost/FrostTransport.js";

/** Where parties leave each other messages. */
export type FolderTransportOptions = {
  /** Shared by all parties of one session; delete it when the session is over. */
  readonly folder: string;
  readonly self: string;
  /** Names of all parties, `self` included. */
  readonly parties: readonly string[];
  /** Milliseconds between two looks into the folder; 20 unless given. */
  readonly interval?: number;
};

/**
 * Exchanges messages between processes through a shared folder: a mailbox for each party, a file for each message, written
 * aside and moved in by one atomic rename. A party that starts again reads its mailbox from the beginning.
 *
 * @throws `FROST_UNKNOWN_MEMBER` when sending to a name that is not among `parties`
 * @example
 * import { openFolderTransport } from "@guildhall/sdk/node";
 * const names = ["a", "b"];
 * const a = await openFolderTransport({ folder, self: "a", parties: names });
 * const b = await openFolderTransport({ folder, self: "b", parties: names });
 * await a.send("b", "hello");
 * assert.equal(await b.receive(AbortSignal.timeout(5_000)), "hello");
 */
export async function openFolderTransport({
  folder,
  self,
  parties,
  interval = 20,
}: FolderTransportOptions): Promise<FrostTransport> {
  const mailboxOf = (party: string): string => join(folder, encodeURIComponent(party));
  for (const party of parties) await mkdir(mailboxOf(party), { recursive: true });
  const seen = new Set<string>();
  const unread: string[] = [];
  let sent = 0;

  const look = async (): Promise<void> => {
    const names = (await readdir(mailboxOf(self))).filter((name) => name.endsWith(".json") && !seen.has(name));
    for (const name of names.sort()) {
      seen.add(name);
      unread.push(await readFile(join(mailboxOf(self), name), "utf8"));
    }
  };
  const send = async (to: string, message: string): Promise<void> => {
    if (!parties.includes(to)) throw new FrostError("FROST_UNKNOWN_MEMBER", { member: to });
    // Listings are sorted, so that a sender's messages are mostly read in the order of sending; nothing depends on it.
    const name = `${String(sent++).padStart(9, "0")}-${crypto.randomUUID()}`;
    const path = join(mailboxOf(to), name);
    await writeFile(`${path}.part`, message);
    await rename(`${path}.part`, `${path}.json`);
  };

  return {
    send,
    broadcast: async (message) => {
      for (const party of parties) if (party !== self) await send(party, message);
    },
    receive: async (signal) => {
      for (;;) {
        if (unread.length === 0) await look();
        const message = unread.shift();
        if (message !== undefined) return message;
        if (signal.aborted) return undefined;
        await wait(interval, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}
