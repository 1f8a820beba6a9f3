import { ContractRevertError } from "../../core/errors/ContractRevertError.js";
import { sendAction } from "../../core/transactions/sendAction.js";
import { claim } from "../actions/claim.js";
import type { RewardEventArgs } from "../logs/rewardEvents.js";
import { readMember } from "../state/readMember.js";
import { inWindows } from "./inWindows.js";
import { READ_WINDOW, type RewardsAccess } from "./RewardsAccess.js";

/** Whose profit to pay out. */
export type ClaimAllParameters = {
  readonly poolId: string;
  readonly userIds: AsyncIterable<string> | Iterable<string>;
};

/** What became of a user's profit. */
export type ClaimOutcome =
  | { readonly userId: string; readonly paid: true; readonly claimed: RewardEventArgs<"Claimed"> }
  /** Nothing was owed. */
  | { readonly userId: string; readonly paid: false; readonly error?: undefined }
  /** The contract, or the token, refused this one. */
  | { readonly userId: string; readonly paid: false; readonly error: ContractRevertError };

/** Pays what users are owed, one transaction each. See {@link RewardsClient.claimAll}. */
export async function* claimAll(
  access: RewardsAccess,
  { poolId, userIds }: ClaimAllParameters,
): AsyncGenerator<ClaimOutcome, void, void> {
  const { context, address } = access;
  for await (const window of inWindows(userIds, READ_WINDOW)) {
    const members = await Promise.all(window.map((userId) => readMember(access, poolId, userId)));
    for (const [index, userId] of window.entries()) {
      if ((members[index]?.owed ?? 0n) === 0n) {
        yield { userId, paid: false };
        continue;
      }
      let outcome: ClaimOutcome;
      try {
        const claimed = await (await sendAction(context, claim(address, { poolId, userId }))).wait();
        outcome = { userId, paid: true, claimed };
      } catch (error) {
        if (!(error instanceof ContractRevertError)) throw error;
        outcome = { userId, paid: false, error: error as ContractRevertError };
      }
      yield outcome;
    }
  }
}
