import type { EvidenceSource, RewardEventArgs, RewardsClient } from "../../../sdk/src/index.js";

/** What stands for a cycle and source, as the latest event tells it; undefined where nothing does. */
export async function publishedOf(
  rewards: RewardsClient,
  poolId: string,
  cycle: number,
  source: EvidenceSource,
): Promise<RewardEventArgs<"RosterPublished"> | undefined> {
  const events = await rewards.history({ poolId, names: ["RosterPublished", "RosterVoided"] });
  let standing: RewardEventArgs<"RosterPublished"> | undefined;
  for (const { name, args } of events) {
    if (name !== "RosterPublished" && name !== "RosterVoided") continue;
    if (args.cycle !== cycle || args.source !== source) continue;
    standing = name === "RosterPublished" ? args : undefined;
  }
  return standing;
}
