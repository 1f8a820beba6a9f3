import { mkdir, open, readdir, rename, stat } from "node:fs/promises";
import { join } from "node:path";

import { FrostError } from "../frost/FrostError.js";
import type { NonceStore } from "../frost/NonceStore.js";

const NONCE_ID = /^0x[0-9a-f]{64}$/;

/**
 * Opens a nonce store in a folder of its own, one for each share. Every record is an empty file, durable (file and folder
 * synced) before the call resolves: `reserved/<id>`, moved to `spent/<id>` by one atomic rename.
 *
 * Opening it discards the nonces that an earlier process reserved and did not spend, also where that process still runs:
 * one process at a time signs with a share. Never restore the folder from a backup; make a new share instead.
 *
 * @param folder - Created where it is not there.
 * @throws `FROST_FORMAT` from the store's calls where an id is not 32 bytes in hexadecimal
 * @example
 * import { openFileNonceStore } from "@guildhall/sdk/node";
 * const store = await openFileNonceStore(folder);
 * const nonceId = `0x${"07".repeat(32)}`;
 * assert.equal(await store.reserve(nonceId), true);
 * assert.equal(await store.spend(nonceId), true);
 * const afterRestart = await openFileNonceStore(folder);
 * assert.equal(await afterRestart.spend(nonceId), false);
 */
export async function openFileNonceStore(folder: string): Promise<NonceStore> {
  const reserved = join(folder, "reserved");
  const spent = join(folder, "spent");
  await mkdir(reserved, { recursive: true, mode: 0o700 });
  await mkdir(spent, { recursive: true, mode: 0o700 });
  await syncFolder(folder);

  const move = async (nonceId: string): Promise<boolean> => {
    try {
      await rename(join(reserved, nonceId), join(spent, nonceId));
    } catch (error) {
      if (isCode(error, "ENOENT")) return false;
      throw error;
    }
    // The new place first: a crash in between may leave both, never neither.
    await syncFolder(spent);
    await syncFolder(reserved);
    return true;
  };
  for (const nonceId of await readdir(reserved)) await move(nonceId);

  return {
    reserve: async (nonceId) => {
      requireId(nonceId);
      if (await isThere(join(spent, nonceId))) return false;
      const path = join(reserved, nonceId);
      if (!(await createFile(path))) return false;
      await syncFolder(reserved);
      return true;
    },
    spend: async (nonceId) => {
      requireId(nonceId);
      return move(nonceId);
    },
  };
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isCode(error, "ENOENT")) return false;
    throw error;
  }
}

/** Creates an empty file, durably; `false` where it is there already. */
async function createFile(path: string): Promise<boolean> {
  try {
    const file = await open(path, "wx", 0o600);
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; there the file system keeps the order of renames by itself.
  const handle = await open(folder, "r").catch((error: unknown) => {
    if (isCode(error, "EPERM") || isCode(error, "EISDIR")) return undefined;
    throw error;
  });
  try {
    await handle?.sync();
  } finally {
    await handle?.close();
  }
}

function requireId(nonceId: string): void {
  if (!NONCE_ID.test(nonceId)) {
    throw new FrostError("FROST_FORMAT", { document: "nonce id", reason: "it is not 32 bytes" });
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
