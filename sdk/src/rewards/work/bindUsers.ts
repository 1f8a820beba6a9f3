import { readContract } from "../../core/reads/readContract.js";
import { bind } from "../actions/bind.js";
import type { UserAccount } from "../documents/Bindings.js";
import type { RewardEventArgs } from "../logs/rewardEvents.js";
import { readMember } from "../state/readMember.js";
import { inWindows } from "./inWindows.js";
import { READ_WINDOW, type RewardsAccess } from "./RewardsAccess.js";
import { sendBatches } from "./sendBatches.js";

/** Users to bind; the sender is the registrar. */
export type BindUsersParameters = {
  readonly poolId: string;
  readonly users: AsyncIterable<UserAccount> | Iterable<UserAccount>;
  /** The most users of one transaction; as many as its gas allows by default. */
  readonly batchSize?: number;
};

/** What one step of binding did. */
export type BindUsersStep = {
  readonly bound: readonly RewardEventArgs<"Bound">[];
  /** They were bound to these accounts before. */
  readonly already: readonly UserAccount[];
  /** Left out, with the account that the user id is bound to; zero where it is the account that is taken. */
  readonly refused: readonly RewardEventArgs<"NotBound">[];
};

/** Binds users in batches. See {@link RewardsClient.bindUsers}. */
export async function* bindUsers(
  access: RewardsAccess,
  { poolId, users, batchSize }: BindUsersParameters,
): AsyncGenerator<BindUsersStep, void, void> {
  const { context, address, reader } = access;
  let already: UserAccount[] = [];
  let refused: RewardEventArgs<"NotBound">[] = [];
  const takeSeen = () => {
    const seen = { already, refused };
    already = [];
    refused = [];
    return seen;
  };

  async function* open(): AsyncGenerator<UserAccount, void, void> {
    for await (const window of inWindows(users, READ_WINDOW)) {
      const states = await Promise.all(
        window.map(async ({ userId, account }) => {
          const member = await readMember(access, poolId, userId);
          if (member !== undefined) return member.account;
          const holder = await readContract(context, address, reader.userIdOf, poolId, account);
          return BigInt(holder) === 0n ? undefined : "taken";
        }),
      );
      for (const [index, user] of window.entries()) {
        const state = states[index];
        if (state === undefined) yield user;
        else if (state.toLowerCase() === user.account.toLowerCase()) already.push(user);
        else {
          const boundAccount = state === "taken" ? `0x${"00".repeat(20)}` : state;
          refused.push({ poolId, ...user, boundAccount });
        }
      }
    }
  }

  const action = (batch: readonly UserAccount[]) => bind(address, { poolId, users: batch });
  for await (const { result } of sendBatches({ context, items: open(), action, batchSize })) {
    const seen = takeSeen();
    yield { bound: result.bound, already: seen.already, refused: [...seen.refused, ...result.refused] };
  }
  const rest = takeSeen();
  if (rest.already.length + rest.refused.length > 0) yield { bound: [], ...rest };
}
