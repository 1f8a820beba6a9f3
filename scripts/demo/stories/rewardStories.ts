import { formatCoins } from "../coins.js";
import { expectedPools } from "../rewards/books/expectedPools.js";
import type { ExpectedCycle } from "../rewards/books/ExpectedPool.js";
import type { RewardPlan } from "../rewards/RewardPlan.js";
import { COURIER, MOVE_AFTER, OPERATOR, REGISTRAR, RELAYER, rewardPlans } from "../rewards/rewardPlans.js";
import { tellDeposit, tellMet, tellUnits } from "../rewards/tell.js";
import type { ExpectedStep, Story } from "./Story.js";

/** What the cycles of a pool must show; the figures follow from the deliveries. */
function cycleSteps(plan: RewardPlan, expected: ExpectedCycle, cycle: number): readonly ExpectedStep[] {
  const { couriers, form, miscounted, moving, profits } = plan;
  const wrong = cycle === miscounted;
  const published = { actor: OPERATOR, step: `publishes the roster of cycle ${cycle}`, onChain: true } as const;
  const same = { actor: RELAYER, step: `counts cycle ${cycle} itself: the roster is what the deliveries say` };
  return [
    { ...published, detail: tellMet(wrong ? expected.metWithLate : expected.met, couriers) },
    ...(wrong
      ? [
          { actor: RELAYER, step: `counts cycle ${cycle} itself: the roster is not what the deliveries say` },
          {
            actor: OPERATOR,
            step: `corrects the roster of cycle ${cycle} in the dispute window`,
            detail: tellMet(expected.met, couriers),
            onChain: true,
          } as const,
        ]
      : []),
    same,
    ...(cycle === 0
      ? [
          {
            actor: RELAYER,
            step: "tries to settle cycle 0 before its roster is final",
            refusal: form === "BITMAP" ? "RewardPoolNothingToSettle" : "RewardPoolTooEarly",
          },
        ]
      : []),
    {
      actor: RELAYER,
      step: `settles cycle ${cycle} for all couriers`,
      detail: tellUnits(expected.granted, expected.reclaimed),
      onChain: true,
    },
    {
      actor: OPERATOR,
      step: `reports the profit of cycle ${cycle}`,
      detail: tellDeposit(profits[cycle] ?? 0n, expected.deposit),
      onChain: true,
    },
    ...(cycle === MOVE_AFTER && moving !== undefined ? moveSteps(moving) : []),
  ];
}

function moveSteps(moving: string): readonly ExpectedStep[] {
  return [
    { actor: COURIER, step: `signs that ${moving} moves to a new account` },
    { actor: REGISTRAR, step: "signs the move, as the second of the two" },
    { actor: RELAYER, step: `moves ${moving} to the new account, by both signatures`, onChain: true },
    { actor: RELAYER, step: `tries to settle ${moving} at the account he left`, refusal: "RewardPoolNotBound" },
  ];
}

/** The stories of the reward pools that are planned. */
export const rewardStories: readonly Story[] = rewardPlans.map((plan) => {
  const { story, title, couriers, form, claims } = plan;
  const pool = expectedPools.get(story);
  const expected = pool?.cycles ?? [];
  const paid = [...(pool?.couriers.values() ?? [])].reduce((sum, courier) => sum + courier.paid, 0n);
  return {
    id: story,
    title,
    steps: [
      { actor: OPERATOR, step: `creates the pool, with rosters as ${form}`, onChain: true },
      ...(plan === rewardPlans[0]
        ? [{ actor: OPERATOR, step: "lets RewardPool take the units' part of the profit", onChain: true } as const]
        : []),
      { actor: REGISTRAR, step: `binds ${couriers.toLocaleString("en-US")} couriers to their accounts`, onChain: true },
      ...expected.flatMap((cycle, number) => cycleSteps(plan, cycle, number)),
      {
        actor: RELAYER,
        step: `claims the profit of ${claims} couriers for them`,
        detail: formatCoins(paid),
        onChain: true,
      },
    ],
    given: {},
    changesAtMoment: {},
    changesAtEnd: {},
  };
});
