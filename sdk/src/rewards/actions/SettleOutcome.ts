import type { RewardEvent } from "../logs/rewardEvents.js";
import type { Refusal } from "../state/names.js";

/** A user whose cycles acted. */
export type SettledUser = {
  readonly userId: string;
  readonly settled: true;
  /** The first cycle not settled. */
  readonly nextCycle: number;
  /** Units that came from the pool; below 0 where they went back, 0 where nothing moved. */
  readonly units: bigint;
};

/** A user of a batch that was left out. */
export type UnsettledUser = { readonly userId: string; readonly settled: false; readonly refusal: Refusal };

/** What became of a user in a settling. */
export type SettleOutcome = SettledUser | UnsettledUser;

/** The outcome for each user of a pool, out of the contract's events in their order: what moved stands before `Settled`. */
export function outcomesOf(events: readonly RewardEvent[], contract: string, poolId: string): readonly SettleOutcome[] {
  const outcomes: SettleOutcome[] = [];
  let units = 0n;
  for (const { name, args } of events) {
    if (name === "TransferSingle") {
      units = args.from.toLowerCase() === contract.toLowerCase() ? args.value : -args.value;
    } else if (name === "Settled" || name === "NotSettled") {
      const { userId } = args;
      if (args.poolId !== poolId.toLowerCase()) continue;
      outcomes.push(
        name === "Settled"
          ? { userId, settled: true, nextCycle: args.nextCycle, units }
          : { userId, settled: false, refusal: args.refusal },
      );
      units = 0n;
    }
  }
  return outcomes;
}

/** The settled user of a call that settles one. */
export function settledOf(
  events: readonly RewardEvent[],
  contract: string,
  poolId: string,
  userId: string,
): SettledUser | undefined {
  return outcomesOf(events, contract, poolId).find(
    (outcome): outcome is SettledUser => outcome.settled && outcome.userId === userId.toLowerCase(),
  );
}
