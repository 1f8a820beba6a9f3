import type { Guildhall, UserAccount } from "../../../../sdk/src/index.js";
import type { CycleRoster } from "../rosters/CycleRoster.js";
import { openProofs } from "./openProofs.js";

/** Settles one courier's cycle without asking first whether it is final. */
export async function settleEarly(
  { rewards }: Guildhall,
  roster: CycleRoster,
  { userId, account }: UserAccount,
): Promise<unknown> {
  const { poolId, cycle } = roster.figures;
  if (roster.form === "BITMAP") return rewards.settle({ poolId, userId, account, untilCycle: cycle + 1 });
  const { proofs, close } = await openProofs(roster.path);
  try {
    const { eligible, proof } = await proofs.proofOf(userId);
    return await rewards.settleWithProof({ poolId, userId, account, cycle, eligible, proof });
  } finally {
    await close();
  }
}
