import type { Guildhall, RosterFigures } from "../../../../sdk/src/index.js";

/** Whether exactly this roster is what was published last for its pool and cycle. */
export async function isPublished({ rewards }: Guildhall, figures: RosterFigures): Promise<boolean> {
  const { poolId, cycle, root, count, eligible, contentHash } = figures;
  const events = await rewards.history({ poolId, names: ["RosterPublished"] });
  const last = events.findLast(({ name, args }) => name === "RosterPublished" && args.cycle === cycle);
  if (last?.name !== "RosterPublished") return false;
  const { args } = last;
  return args.root === root && args.count === count && args.eligible === eligible && args.contentHash === contentHash;
}
