import { StandardToken__factory } from "../../../../typechain-types/factories/mocks/tokens/StandardToken__factory.js";
import type { World } from "../../acts/World.js";
import type { Setup } from "../../parties/messages.js";
import { ScriptError } from "../../../support/ScriptError.js";
import { poolOf } from "../poolOf.js";
import type { RewardPlan } from "../RewardPlan.js";
import { OPERATOR, OPERATOR_FUNDS, rewardPlans } from "../rewardPlans.js";
import { readCouriers } from "../users/readCouriers.js";
import type { BoundCourier } from "../users/BoundCourier.js";
import type { BookedFigure } from "./BookedFigure.js";
import { expectedPools } from "./expectedPools.js";

/** Whose books to read. */
export type ReadRewardBooksParameters = Pick<Setup, "people"> & {
  /** The registrar's list. */
  readonly couriers: string;
};

/** The books: what is shown of them, and all of them. */
export type RewardBooks = { readonly shown: readonly BookedFigure[]; readonly all: readonly BookedFigure[] };

/** What is read of one pool. */
type PoolBooks = RewardBooks & {
  /** What accounts must have been paid out of it, in base units. */
  readonly paid: readonly (readonly [account: string, amount: bigint])[];
  readonly owed: bigint;
  readonly deposited: bigint;
};

/** Reads from the chain what every courier has, and sets beside it what follows from the deliveries. */
export async function readRewardBooks(
  world: World,
  { people, couriers }: ReadRewardBooksParameters,
): Promise<RewardBooks> {
  const listed = await readCouriers(couriers);
  const setup = { people, run: world.run };
  const pools: PoolBooks[] = [];
  for (const plan of rewardPlans) {
    pools.push(await readPool(world, plan, poolOf(setup, plan.story), listed.slice(0, plan.couriers)));
  }
  const token = StandardToken__factory.connect(world.token, world.provider);
  const paid = new Map<string, bigint>();
  for (const [account, amount] of pools.flatMap((pool) => pool.paid)) {
    paid.set(account, (paid.get(account) ?? 0n) + amount);
  }
  const payments = await Promise.all(
    [...paid].map(async ([account, expected]): Promise<BookedFigure> => {
      return { what: `paid to ${account}`, of: "coins", actual: await token.balanceOf(account), expected };
    }),
  );
  const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
  const shown: readonly BookedFigure[] = [
    ...pools.flatMap((pool) => pool.shown),
    {
      what: "both pools: paid",
      of: "coins",
      actual: sum(payments.map(({ actual }) => actual)),
      expected: sum(payments.map(({ expected }) => expected)),
    },
    {
      what: "RewardPool: held, owed",
      of: "coins",
      actual: await token.balanceOf(world.hall.rewards.address),
      expected: sum(pools.map(({ owed }) => owed)),
    },
    {
      what: OPERATOR,
      of: "coins",
      actual: await token.balanceOf(people[OPERATOR]?.address ?? ""),
      expected: OPERATOR_FUNDS - sum(pools.map(({ deposited }) => deposited)),
    },
  ];
  return { shown, all: [...shown, ...payments, ...pools.flatMap(({ all }) => all)] };
}

async function readPool(
  { hall }: World,
  { story, totalUnits, moving }: RewardPlan,
  poolId: string,
  listed: readonly BoundCourier[],
): Promise<PoolBooks> {
  const expected = expectedPools.get(story);
  if (expected === undefined) throw new ScriptError("PlanMissing", `Nothing is expected of the pool of ${story}.`);
  const pool = await hall.rewards.pool(poolId);
  const all: BookedFigure[] = [];
  const paid: (readonly [string, bigint])[] = [];
  const totals = { units: { actual: 0n, expected: 0n }, owed: { actual: 0n, expected: 0n } };
  const members = await Promise.all(listed.map(({ userId }) => hall.rewards.member(poolId, userId)));
  for (const [index, { courier, account }] of listed.entries()) {
    const due = expected.couriers.get(courier) ?? { units: 0n, owed: 0n, paid: 0n };
    const member = members[index];
    const has = { units: member?.units ?? 0n, owed: member?.owed ?? 0n };
    for (const [key, of] of [
      ["units", "units"],
      ["owed", "coins"],
    ] as const) {
      all.push({ what: `${story}, ${courier}, ${key}`, of, actual: has[key], expected: due[key] });
      totals[key].actual += has[key];
      totals[key].expected += due[key];
    }
    if ((member?.account !== account) !== (courier === moving)) {
      throw new ScriptError("AccountWrong", `${courier} of ${story} is bound to ${member?.account ?? "nobody"}.`);
    }
    paid.push([member?.account ?? account, due.paid]);
  }
  const deposited = expected.cycles.reduce((sum, { deposit }) => sum + deposit, 0n);
  const available = totalUnits - totals.units.expected;
  const shown: readonly BookedFigure[] = [
    { what: `${story}: units of ${listed.length.toLocaleString("en-US")} couriers`, of: "units", ...totals.units },
    { what: `${story}: units available`, of: "units", actual: pool.availableUnits, expected: available },
    { what: `${story}: profit deposited`, of: "coins", actual: pool.deposited, expected: deposited },
    { what: `${story}: profit owed`, of: "coins", ...totals.owed },
  ];
  return { shown, all: [...shown, ...all], paid, owed: totals.owed.expected, deposited };
}
