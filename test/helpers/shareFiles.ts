import { open, readFile, rename } from "node:fs/promises";

import { type FrostShare, parseFrostShare, serializeFrostShare } from "../../sdk/src/frost/index.js";

/** Where a member keeps its share: it becomes the one in use once everybody has said to have its own. */
export type ShareFiles = {
  /** Keeps a share that is not in use yet, durably, whole or not at all. */
  readonly keep: (share: FrostShare) => Promise<void>;
  /** Puts the kept share in place of the one in use. */
  readonly use: () => Promise<void>;
};

export function openShareFiles(path: string): ShareFiles {
  return {
    keep: async (share) => {
      const file = await open(`${path}.part`, "w", 0o600);
      try {
        await file.write(serializeFrostShare(share));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.part`, `${path}.kept`);
    },
    use: () => rename(`${path}.kept`, path),
  };
}

/** The share in a file; undefined where there is none. A share that was half written would throw. */
export async function readShare(path: string): Promise<FrostShare | undefined> {
  const text = await readFile(path, "utf8").catch(() => undefined);
  return text === undefined ? undefined : parseFrostShare(text);
}
