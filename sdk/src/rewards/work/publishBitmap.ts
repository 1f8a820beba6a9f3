import { concat, getBytes, hexlify } from "ethers";

import { readContract } from "../../core/reads/readContract.js";
import { readOnChain } from "../../core/reads/readOnChain.js";
import { sendAction } from "../../core/transactions/sendAction.js";
import { publish, type VerdictApproval } from "../actions/publish.js";
import { sourceToAbi } from "../actions/toAbi.js";
import { storeChunk } from "../actions/storeChunk.js";
import type { Bitmap } from "../bitmap/Bitmap.js";
import { chunkHashOf } from "../roster/bitmap/chunkHashOf.js";
import { chunkPointerOf } from "../bitmap/chunkPointerOf.js";
import { rosterOf } from "../bitmap/rosterOf.js";
import type { Roster } from "../documents/Roster.js";
import { RewardError } from "../RewardError.js";
import type { RewardsAccess } from "./RewardsAccess.js";

/** A bitmap to publish. */
export type PublishBitmapParameters = {
  readonly poolId: string;
  readonly cycle: number;
  readonly bitmap: Bitmap;
  /** Where the evidence behind it can be had. */
  readonly evidenceUri: string;
  /** Left out where the operator publishes, who then is the sender. */
  readonly verdict?: VerdictApproval;
  /** Told after each chunk that is there. */
  readonly onProgress?: (progress: PublishProgress) => void;
};

/** How far publishing has come. */
export type PublishProgress = {
  readonly chunks: number;
  /** Chunks that are in the store, stored now or before. */
  readonly there: number;
};

/** What publishing did. */
export type PublishedBitmap = {
  readonly roster: Roster;
  readonly chunkHashes: readonly string[];
  /** Chunks that were stored by this run. */
  readonly stored: number;
  /** Whether this run published; false where this very bitmap stood already. */
  readonly published: boolean;
};

/** Stores what of a bitmap is missing, then publishes it as a whole. See {@link RewardsClient.publishBitmap}. */
export async function publishBitmap(
  access: RewardsAccess,
  { poolId, cycle, bitmap, evidenceUri, verdict, onProgress }: PublishBitmapParameters,
): Promise<PublishedBitmap> {
  const { context, address, chunkStore } = access;
  const chunkHashes = bitmap.chunks.map(chunkHashOf);
  let stored = 0;
  for (const [index, chunk] of bitmap.chunks.entries()) {
    const pointer = chunkPointerOf(chunkStore, chunkHashes[index] ?? "");
    const code = await readOnChain(context, () => context.provider.getCode(pointer), pointer);
    if (code === "0x") {
      await (await sendAction(context, storeChunk(chunkStore, { chunk }))).wait();
      stored += 1;
    } else if (code !== concat(["0x00", chunk])) throw differs(pointer);
    onProgress?.({ chunks: bitmap.chunks.length, there: index + 1 });
  }
  const roster = rosterOf(bitmap.figures, evidenceUri);
  const source = verdict === undefined ? "OPERATOR" : "VERIFIER";
  const published = !(await stands(access, { poolId, cycle, source, count: roster.count, chunkHashes }));
  if (published) {
    const action = publish(address, {
      poolId,
      cycle,
      roster,
      chunkHashes,
      ...(verdict === undefined ? {} : { verdict }),
    });
    await (await sendAction(context, action)).wait();
  }
  return { roster, chunkHashes, stored, published };
}

/** Whether this very bitmap is what the chain has for the cycle. */
async function stands(
  { context, address, chunkStore, reader }: RewardsAccess,
  sought: {
    readonly poolId: string;
    readonly cycle: number;
    readonly source: "OPERATOR" | "VERIFIER";
    readonly count: number;
    readonly chunkHashes: readonly string[];
  },
): Promise<boolean> {
  const { poolId, cycle, source, count, chunkHashes } = sought;
  const expected = chunkHashes.map((hash) => wordOf(chunkPointerOf(chunkStore, hash), count));
  for (const [chunk, word] of (expected.length === 0 ? [wordOf("0x", 0)] : expected).entries()) {
    const evidence = await readContract(context, address, reader.evidenceOf, poolId, cycle, sourceToAbi(source), chunk);
    if (evidence !== word) return false;
  }
  return true;
}

/** `pointer (160) | count (32) | published (1)`, lowest bits first, as {EvidenceBook} stores it. */
function wordOf(pointer: string, count: number): string {
  const word = BigInt(pointer === "0x" ? 0 : pointer) | (BigInt(count) << 160n) | (1n << 192n);
  return hexlify(getBytes(`0x${word.toString(16).padStart(64, "0")}`));
}

function differs(pointer: string): RewardError {
  return new RewardError({
    code: "REWARD_CHUNK_DIFFERS",
    args: { pointer },
    what: `The node says that other bytes stand at ${pointer}, an address that follows from the chunk's own.`,
    advice: "Do not trust this node: ask another one.",
  });
}
