import type { UserAccount } from "../../../sdk/src/index.js";
import { formatCoins } from "../coins.js";
import { poolOf } from "../rewards/poolOf.js";
import { rewardFiles } from "../rewards/rewardFiles.js";
import type { RewardPlan } from "../rewards/RewardPlan.js";
import { COURIER, CYCLES, MOVE_AFTER, OPERATOR, rewardPlans } from "../rewards/rewardPlans.js";
import { buildRoster } from "../rewards/rosters/buildRoster.js";
import type { CycleRoster } from "../rewards/rosters/CycleRoster.js";
import { isPublished } from "../rewards/rosters/isPublished.js";
import { settleEarly } from "../rewards/settling/settleEarly.js";
import { settleRoster } from "../rewards/settling/settleRoster.js";
import type { SignedMove } from "../rewards/SignedMove.js";
import { tellUnits } from "../rewards/tell.js";
import { untilMoment } from "../rewards/untilMoment.js";
import { readCouriers } from "../rewards/users/readCouriers.js";
import type { Stage } from "./Stage.js";

/** A pool as the relayer serves it: its couriers, each with the account that he has now. */
type ServedPool = { readonly plan: RewardPlan; readonly users: Map<string, UserAccount> };

/** Plays whoever sends what is due: counts every cycle itself, settles everybody, moves one, claims for some. */
export async function playRelayer(stage: Stage): Promise<void> {
  await stage.receive("bound", "that the couriers are bound");
  const couriers = await readCouriers(rewardFiles(stage.setup.mailbox).couriers);
  const pools: readonly ServedPool[] = rewardPlans.map((plan) => ({
    plan,
    users: new Map(couriers.slice(0, plan.couriers).map(({ courier, ...user }) => [courier, user])),
  }));
  for (let cycle = 0; cycle < CYCLES; ++cycle) {
    const rosters = await Promise.all(
      rewardPlans.map((plan) => buildRoster(stage, { plan, cycle, counting: "inTime" })),
    );
    const served = pools.flatMap((pool, index) => {
      const roster = rosters[index];
      return roster === undefined ? [] : [{ ...pool, roster }];
    });
    await untilMoment(stage, cycle, "end");
    await stage.receive("published", `that the rosters of cycle ${cycle} are published`);
    const wrong: string[] = [];
    for (const { plan, roster } of served) if (!(await compare(stage, plan, roster))) wrong.push(plan.story);
    if (cycle === 0) for (const { plan, users, roster } of served) await tryEarly(stage, plan, roster, users);
    await stage.post(OPERATOR, "counted", wrong.join(" "));
    await untilMoment(stage, cycle, "publishUntil");
    for (const { plan, roster } of served) {
      if (!wrong.includes(plan.story)) continue;
      await stage.receive("corrected", `that the roster of cycle ${cycle} is corrected`);
      await compare(stage, plan, roster);
    }
    await untilMoment(stage, cycle, "finalFrom");
    for (const { plan, users, roster } of served) await settle(stage, plan, roster, users);
    await stage.post(OPERATOR, "settled", String(cycle));
    if (cycle === MOVE_AFTER) {
      await stage.post(COURIER, "settled", String(cycle));
      for (const { plan, users } of served) if (plan.moving !== undefined) await move(stage, plan, users);
    }
    await stage.receive("reported", `that the profit of cycle ${cycle} is reported`);
  }
  for (const { plan, users } of pools) await claim(stage, plan, users);
}

/** Compares the roster that stands with the relayer's own. */
async function compare(stage: Stage, { story }: RewardPlan, { figures }: CycleRoster): Promise<boolean> {
  const same = await isPublished(stage.hall, figures);
  const verdict = same ? "is what the deliveries say" : "is not what the deliveries say";
  stage.did(story, `counts cycle ${figures.cycle} itself: the roster ${verdict}`);
  return same;
}

async function tryEarly(
  stage: Stage,
  { story }: RewardPlan,
  roster: CycleRoster,
  users: ReadonlyMap<string, UserAccount>,
): Promise<void> {
  const [user] = users.values();
  if (user === undefined) return;
  await stage.refused(story, "tries to settle cycle 0 before its roster is final", () =>
    settleEarly(stage.hall, roster, user),
  );
}

async function settle(
  stage: Stage,
  { story }: RewardPlan,
  roster: CycleRoster,
  users: ReadonlyMap<string, UserAccount>,
): Promise<void> {
  const step = `settles cycle ${roster.figures.cycle} for all couriers`;
  await stage.worked(story, step, settleRoster(stage.hall, roster, [...users.values()]), (parts) => {
    const moved = parts.flat();
    const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
    return tellUnits(sum(moved.filter((units) => units > 0n)), -sum(moved.filter((units) => units < 0n)));
  });
}

async function move(stage: Stage, { story }: RewardPlan, users: Map<string, UserAccount>): Promise<void> {
  const { rewards } = stage.hall;
  const letter = await stage.receive("move", "a move that courier and registrar have signed");
  const { courier, rebinding, userSignature, registrarSignature } = JSON.parse(letter) as SignedMove;
  const { poolId, userId, account, newAccount, deadline } = rebinding;
  const moving = rewards.rebind({ poolId, userId, newAccount, deadline, userSignature, registrarSignature });
  await stage.sent(story, `moves ${courier} to the new account, by both signatures`, moving);
  users.set(courier, { userId, account: newAccount });
  await stage.refused(story, `tries to settle ${courier} at the account he left`, () =>
    rewards.settle({ poolId, userId, account, untilCycle: CYCLES }),
  );
}

/** Claims for the first couriers that are owed anything. */
async function claim(
  stage: Stage,
  { story, claims }: RewardPlan,
  users: ReadonlyMap<string, UserAccount>,
): Promise<void> {
  const poolId = poolOf(stage.setup, story);
  async function* paid(): AsyncGenerator<bigint, void, void> {
    let left = claims;
    const userIds = [...users.values()].map(({ userId }) => userId);
    for (const userId of userIds) {
      if (left === 0) return;
      for await (const outcome of stage.hall.rewards.claimAll({ poolId, userIds: [userId] })) {
        if (!outcome.paid) continue;
        left -= 1;
        yield outcome.claimed.amount;
      }
    }
  }
  await stage.worked(story, `claims the profit of ${claims} couriers for them`, paid(), (amounts) =>
    formatCoins(amounts.reduce((total, amount) => total + amount, 0n)),
  );
}
