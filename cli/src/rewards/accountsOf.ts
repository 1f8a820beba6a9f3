import { ZeroAddress } from "ethers";

import type { RewardsClient, UserAccount } from "../../../sdk/src/index.js";

/** Users that are asked for at once. */
const WINDOW = 200;

/** Users with the accounts that they are bound to; the zero address for those that are not bound. Each user once. */
export async function* accountsOf(
  rewards: RewardsClient,
  poolId: string,
  userIds: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<UserAccount, void, void> {
  const seen = new Set<string>();
  let window: string[] = [];
  const look = () =>
    Promise.all(
      window.map(async (userId) => {
        return { userId, account: (await rewards.member(poolId, userId))?.account ?? ZeroAddress };
      }),
    );
  for await (const userId of userIds) {
    if (seen.has(userId)) continue;
    seen.add(userId);
    window.push(userId);
    if (window.length < WINDOW) continue;
    yield* await look();
    window = [];
  }
  yield* await look();
}
