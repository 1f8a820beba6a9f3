import { ZeroAddress } from "ethers";

import type { RewardPool } from "../../../../typechain-types/rewards/RewardPool.js";
import { withDecodedErrors } from "../../core/errors/withDecodedErrors.js";
import type { Member } from "./Member.js";

/** Reads a bound user; undefined for a user id that is not bound. Errors: {@link RpcError}. */
export async function readMember(
  contract: RewardPool,
  address: string,
  poolId: string,
  userId: string,
): Promise<Member | undefined> {
  const member = await withDecodedErrors(() => contract.memberOf(poolId, userId), address);
  if (member.account === ZeroAddress) return undefined;
  return {
    userId,
    account: member.account,
    index: Number(member.index),
    nonce: Number(member.nonce),
    nextCycle: Number(member.nextCycle),
    units: member.units,
    owed: member.owed,
  };
}
