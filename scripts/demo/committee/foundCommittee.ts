import { id } from "ethers";

import { type FrostShare, generateFrostShare, toGroupKeyPoint } from "../../../sdk/src/index.js";
import { confirmTogether } from "./confirmTogether.js";
import { committeeMembers, committeePlan } from "./plan.js";
import { requireMembers } from "./requireMembers.js";
import type { Seat } from "./Seat.js";

const { story, before, threshold } = committeePlan;
const SUBJECT = "committee-id";

/** A founding member generates its share of the group key with the others; the first one creates the committee. */
export async function foundCommittee(
  seat: Seat,
): Promise<{ readonly committeeId: string; readonly share: FrostShare }> {
  const { stage } = seat;
  const members = seat.membersOf(before);
  const addresses = members.map((member) => member.id);
  const share = await generateFrostShare({
    session: seat.sessionOf("founding"),
    transport: await seat.transportOf("founding", seat.identity.id, addresses),
    self: seat.identity,
    members,
    threshold,
    patience: seat.patience,
  });
  stage.did(story, "holds its share of a group key that nobody ever held");
  const groupKey = toGroupKeyPoint(share.group.groupKey);
  const committeeId =
    stage.name === before[0] ? await createCommittee(seat, addresses, groupKey) : await learnCommittee(seat);
  await requireMembers(seat, { committeeId, epoch: 1, names: before, threshold });
  await confirmTogether(seat, { committeeId, epoch: 1, names: before, groupKey });
  return { committeeId, share };
}

/** Waits until the committee is there, and learns its id. */
export function learnCommittee({ stage }: Seat): Promise<string> {
  return stage.receive(SUBJECT, "the committee's id");
}

async function createCommittee(
  { stage }: Seat,
  members: readonly string[],
  groupKey: ReturnType<typeof toGroupKeyPoint>,
): Promise<string> {
  const { committeeId } = await stage.sent(
    story,
    `creates the committee, ${threshold} of ${members.length}`,
    stage.hall.committees.create({ salt: id(stage.setup.run), config: { members, threshold, groupKey } }),
  );
  for (const name of committeeMembers) if (name !== stage.name) await stage.post(name, SUBJECT, committeeId);
  return committeeId;
}
