import { open, rename, rm } from "node:fs/promises";

import type { RosterSink } from "../../rewards/roster/RosterStore.js";

/**
 * Writes a file that is there as a whole or not at all: under another name, synced, then renamed. A file of that name is
 * replaced; what a killed process left under the other name is of no harm.
 *
 * @example
 * import { readFile } from "node:fs/promises";
 * import { writeFileWhole } from "@guildhall/sdk/node";
 * await writeFileWhole(`${folder}/three`, (sink) => sink.write(Uint8Array.of(1, 2, 3)));
 * assert.equal((await readFile(`${folder}/three`)).length, 3);
 */
export async function writeFileWhole<T>(path: string, write: (sink: RosterSink) => Promise<T>): Promise<T> {
  const aside = `${path}.${crypto.randomUUID()}.part`;
  const file = await open(aside, "wx");
  try {
    let result: T;
    try {
      result = await write({
        write: async (bytes) => {
          await file.writeFile(bytes);
        },
      });
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
    return result;
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}
