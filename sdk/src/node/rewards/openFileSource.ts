import { open } from "node:fs/promises";

import { RosterError } from "../../rewards/roster/RosterError.js";
import type { RosterSource } from "../../rewards/roster/RosterStore.js";

/** A file that is read anywhere. Close it when it is no longer needed. */
export type FileSource = RosterSource & { readonly close: () => Promise<void> };

/**
 * Opens a file as a roster's source.
 *
 * @throws `ROSTER_FILE_MALFORMED` from reading, where the file was cut off meanwhile
 * @example
 * import { writeFile } from "node:fs/promises";
 * import { openFileSource } from "@guildhall/sdk/node";
 * await writeFile(`${folder}/bytes`, Uint8Array.of(1, 2, 3));
 * const source = await openFileSource(`${folder}/bytes`);
 * assert.deepEqual(await source.read(1, 2), Uint8Array.of(2, 3));
 * await source.close();
 */
export async function openFileSource(path: string): Promise<FileSource> {
  const file = await open(path, "r");
  const { size } = await file.stat();
  return {
    size,
    read: async (offset, length) => {
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length;) {
        const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
        if (bytesRead === 0) throw cutOff(path, offset + done);
        done += bytesRead;
      }
      return bytes;
    },
    close: () => file.close(),
  };
}

function cutOff(path: string, at: number): RosterError {
  return new RosterError({
    code: "ROSTER_FILE_MALFORMED",
    args: { path, at },
    what: `The file ${path} ends at byte ${at}, earlier than when it was opened.`,
    advice: "Let nothing change the file while it is read.",
  });
}
