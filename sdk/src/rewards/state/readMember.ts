import { ZeroAddress } from "ethers";

import { readContract } from "../../core/reads/readContract.js";
import type { RewardsAccess } from "../work/RewardsAccess.js";
import type { Member } from "./Member.js";

/** Reads a bound user; undefined for a user id that is not bound. Errors: {@link RpcError}. */
export async function readMember(
  { context, address, reader }: RewardsAccess,
  poolId: string,
  userId: string,
): Promise<Member | undefined> {
  const member = await readContract(context, address, reader.memberOf, poolId, userId);
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
