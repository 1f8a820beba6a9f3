import {
  auditRoster,
  type BitmapRoster,
  decodeBitmapRoster,
  type OnRosterProgress,
  openRoster,
  type Pool,
  type RosterFigures,
} from "../../../sdk/src/index.js";
import { openFileSource } from "../../../sdk/src/node/index.js";
import { CliError } from "../CliError.js";
import { requireFileOf } from "./requireFileOf.js";

/** A roster that is sound in itself. */
export type RosterToPublish = {
  readonly figures: RosterFigures;
  /** With BITMAP. */
  readonly bitmap: BitmapRoster | undefined;
};

/** Reads a roster's file in the pool's form, and recomputes all of it. */
export async function readRosterToPublish(
  file: string,
  pool: Pool,
  cycle: number,
  onProgress: OnRosterProgress | undefined,
): Promise<RosterToPublish> {
  const source = await openFileSource(file);
  try {
    if (pool.form === "BITMAP") {
      const bitmap = decodeBitmapRoster(await source.read(0, source.size));
      requireFileOf(file, bitmap.figures, pool.poolId, cycle);
      return { figures: bitmap.figures, bitmap };
    }
    const { poolId, cycle: ofCycle, root, count, eligible, contentHash } = (await openRoster(source)).header;
    const figures = { poolId, cycle: ofCycle, root, count, eligible, contentHash };
    requireFileOf(file, figures, pool.poolId, cycle);
    const { sound, total } = await auditRoster({
      source,
      published: figures,
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    if (sound) return { figures, bitmap: undefined };
    throw new CliError({
      code: "CLI_ROSTER",
      args: { file, mismatches: total },
      what: `${file} contradicts itself in ${total} places.`,
      advice: "Build it again, or fetch it again.",
    });
  } finally {
    await source.close();
  }
}
