import { writeFile } from "node:fs/promises";

import { type BoundUser, buildBitmapRoster, buildRootRoster } from "../../../../sdk/src/index.js";
import { readRosterRows, writeFileWhole } from "../../../../sdk/src/node/index.js";
import type { Stage } from "../../parties/Stage.js";
import { countDeliveries, type DeliveryCount } from "../deliveries/countDeliveries.js";
import { poolOf } from "../poolOf.js";
import { rewardFiles } from "../rewardFiles.js";
import type { RewardPlan } from "../RewardPlan.js";
import { CYCLES } from "../rewardPlans.js";
import { readCouriers } from "../users/readCouriers.js";
import type { CycleRoster } from "./CycleRoster.js";

/** Which roster to build. */
export type BuildRosterParameters = {
  readonly plan: RewardPlan;
  readonly cycle: number;
  /** Which deliveries count. */
  readonly counting: keyof DeliveryCount;
};

/** Counts a cycle's deliveries, lists who met the target, and has the SDK build the roster from that list. */
export async function buildRoster(
  stage: Stage,
  { plan, cycle, counting }: BuildRosterParameters,
): Promise<CycleRoster> {
  const { story, form } = plan;
  const files = rewardFiles(stage.setup.mailbox);
  const counts = await countDeliveries(files.deliveries, CYCLES);
  const couriers = (await readCouriers(files.couriers)).slice(0, plan.couriers);
  const lines = couriers.map(({ courier, userId }) => {
    const count = counts[cycle]?.get(courier)?.[counting] ?? 0;
    return `${userId},${count >= plan.target ? 1 : 0}\n`;
  });
  const list = files.list(stage.name, story, cycle);
  await writeFile(list, ["userId,eligible\n", ...lines].join(""));

  const place = { poolId: poolOf(stage.setup, story), cycle, rows: readRosterRows(list) };
  if (form === "BITMAP") {
    const bound = boundUsers(stage, place.poolId);
    const bitmap = await buildBitmapRoster({ ...place, bound, count: couriers.length });
    return { form, figures: bitmap.figures, bitmap };
  }
  const path = files.roster(stage.name, story, cycle);
  const figures = await writeFileWhole(path, (sink) => buildRootRoster({ ...place, sink }));
  return { form, figures, path };
}

/** The pool's users with their places in a bitmap, as the chain's events tell. */
async function* boundUsers({ hall }: Stage, poolId: string): AsyncGenerator<BoundUser, void, void> {
  for (const { name, args } of await hall.rewards.history({ poolId, names: ["Bound"] })) {
    if (name === "Bound") yield { userId: args.userId, index: args.index };
  }
}
