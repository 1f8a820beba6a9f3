import { ScriptError } from "../../support/ScriptError.js";
import type { Seat } from "./Seat.js";

/** What an epoch must be before a member signs anything for it. */
export type RequireMembersParameters = {
  readonly committeeId: string;
  readonly epoch: number;
  readonly names: readonly string[];
  readonly threshold: number;
};

/** Refuses a committee whose members on the chain are others than those that were agreed. */
export async function requireMembers(seat: Seat, parameters: RequireMembersParameters): Promise<void> {
  const { committeeId, epoch, names, threshold } = parameters;
  const onChain = await seat.stage.hall.committees.epoch(committeeId, epoch);
  const agreed = seat.membersOf(names).map(({ id }) => id);
  if (String(onChain.members) === String(agreed) && onChain.threshold === threshold) return;
  throw new ScriptError(
    "OtherMembers",
    `epoch ${epoch} of committee ${committeeId} has the members ${String(onChain.members)}, ${onChain.threshold} of them; agreed were ${String(agreed)}, ${threshold} of them. Sign nothing for it.`,
  );
}
