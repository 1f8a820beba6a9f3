import type { RewardsClient, UserAccount } from "../../../sdk/src/index.js";

/** All users of a pool with the accounts that they are bound to now, in the order in which they were bound. */
export async function boundUsersOf(rewards: RewardsClient, poolId: string): Promise<readonly UserAccount[]> {
  const accounts = new Map<string, string>();
  for (const { name, args } of await rewards.history({ poolId, names: ["Bound", "Rebound"] })) {
    if (name === "Bound") accounts.set(args.userId, args.account);
    else if (name === "Rebound") accounts.set(args.userId, args.newAccount);
  }
  return Array.from(accounts, ([userId, account]) => ({ userId, account }));
}
