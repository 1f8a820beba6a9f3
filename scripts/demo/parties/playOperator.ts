import { id } from "ethers";

import type { PoolConfig } from "../../../sdk/src/index.js";
import { StandardToken__factory } from "../../../typechain-types/factories/mocks/tokens/StandardToken__factory.js";
import { ScriptError } from "../../support/ScriptError.js";
import { poolOf } from "../rewards/poolOf.js";
import { poolSalt } from "../rewards/poolSalt.js";
import type { RewardPlan } from "../rewards/RewardPlan.js";
import { CYCLES, OPERATOR_FUNDS, REGISTRAR, RELAYER, rewardPlans } from "../rewards/rewardPlans.js";
import { buildRoster } from "../rewards/rosters/buildRoster.js";
import { publishRoster } from "../rewards/rosters/publishRoster.js";
import { tellDeposit, tellMet } from "../rewards/tell.js";
import { requireCycles } from "../rewards/requireCycles.js";
import { untilMoment } from "../rewards/untilMoment.js";
import type { Stage } from "./Stage.js";

/** Plays the courier service: makes the pools, publishes who met the target, reports and deposits profit. */
export async function playOperator(stage: Stage): Promise<void> {
  for (const plan of rewardPlans) await createPool(stage, plan);
  await stage.post(REGISTRAR, "created", "The pools are there.");
  await stage.receive("bound", "that the couriers are bound");
  for (let cycle = 0; cycle < CYCLES; ++cycle) {
    const counted = await Promise.all(
      rewardPlans.map((plan) =>
        buildRoster(stage, { plan, cycle, counting: cycle === plan.miscounted ? "all" : "inTime" }),
      ),
    );
    await untilMoment(stage, cycle, "end");
    for (const [index, { story }] of rewardPlans.entries()) {
      const roster = counted[index];
      if (roster === undefined) continue;
      const { eligible, count } = roster.figures;
      await stage.worked(story, `publishes the roster of cycle ${cycle}`, publishRoster(stage.hall, roster), () =>
        tellMet(eligible, count),
      );
    }
    await stage.post(RELAYER, "published", String(cycle));
    const wrong = (await stage.receive("counted", `the relayer's count of cycle ${cycle}`)).split(" ");
    await untilMoment(stage, cycle, "publishUntil");
    for (const plan of rewardPlans) if (wrong.includes(plan.story)) await correct(stage, plan, cycle);
    await untilMoment(stage, cycle, "finalFrom");
    await stage.receive("settled", `that cycle ${cycle} is settled`);
    for (const plan of rewardPlans) await report(stage, plan, cycle);
    await stage.post(RELAYER, "reported", String(cycle));
  }
}

async function createPool(stage: Stage, plan: RewardPlan): Promise<void> {
  const { story, form, totalUnits, grant, share, target } = plan;
  const { hall, setup } = stage;
  const config: PoolConfig = {
    ...requireCycles(stage),
    mode: "ROSTER",
    form,
    totalUnits,
    grant,
    share,
    registrar: stage.person(REGISTRAR).address,
    profitToken: setup.token,
    conditionHash: id(`At least ${target} deliveries of the cycle were in time.`),
    metadataUri: "",
  };
  const creating = hall.rewards.createPool({ salt: poolSalt(setup.run, story), config });
  const { poolId } = await stage.sent(story, `creates the pool, with rosters as ${form}`, creating);
  if (poolId !== poolOf(setup, story)) throw new ScriptError("PoolDiffers", `The pool of ${story} has another id.`);
  if (plan !== rewardPlans[0]) return;
  const token = StandardToken__factory.connect(setup.token, stage.signer);
  const approval = await token.approve(hall.rewards.address, OPERATOR_FUNDS);
  await stage.sentPlain(story, "lets RewardPool take the units' part of the profit", approval);
}

async function correct(stage: Stage, plan: RewardPlan, cycle: number): Promise<void> {
  const roster = await buildRoster(stage, { plan, cycle, counting: "inTime" });
  const { eligible, count } = roster.figures;
  const step = `corrects the roster of cycle ${cycle} in the dispute window`;
  await stage.worked(plan.story, step, publishRoster(stage.hall, roster), () => tellMet(eligible, count));
  await stage.post(RELAYER, "corrected", plan.story);
}

async function report(stage: Stage, { story, profits }: RewardPlan, cycle: number): Promise<void> {
  const profit = profits[cycle] ?? 0n;
  const poolId = poolOf(stage.setup, story);
  const reporting = stage.hall.rewards.reportProfit({
    poolId,
    cycle,
    profit,
    reportHash: id(`books of cycle ${cycle}`),
  });
  await stage.sent(story, `reports the profit of cycle ${cycle}`, reporting, ({ deposit }) =>
    tellDeposit(profit, deposit),
  );
}
