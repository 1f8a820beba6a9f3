import {
  type EpochConfig,
  type FrostGroup,
  type FrostShare,
  hashTyped,
  parseFrostGroup,
  reshareFrostGroup,
  rotationTypedData,
  toFrostApproval,
  toGroupKeyPoint,
} from "../../../sdk/src/index.js";
import { ScriptError } from "../../support/ScriptError.js";
import { confirmTogether } from "./confirmTogether.js";
import { committeePlan } from "./plan.js";
import { requireMembers } from "./requireMembers.js";
import type { Seat } from "./Seat.js";
import { signTogether } from "./signTogether.js";

const { story, before, after, dealers, threshold } = committeePlan;
const GROUP = "old-group";
const ROTATED = "rotated";

/**
 * Hands the group key on: the old members share it anew among the new ones, approve the rotation, and destroy their old
 * shares; the new members confirm the key. Gives the new share to a new member.
 */
export async function handOver(
  seat: Seat,
  committeeId: string,
  share: FrostShare | undefined,
): Promise<FrostShare | undefined> {
  const { stage } = seat;
  const renewed = await reshare(seat, committeeId, share);
  if (share !== undefined) {
    await approveRotation(seat, committeeId, share);
    share.destroy();
  }
  if (renewed === undefined) return undefined;
  if (stage.name !== before[0]) await stage.receive(ROTATED, "the rotation");
  const groupKey = toGroupKeyPoint(renewed.group.groupKey);
  await requireMembers(seat, { committeeId, epoch: 2, names: after, threshold });
  await confirmTogether(seat, { committeeId, epoch: 2, names: after, groupKey });
  return renewed;
}

async function reshare(
  seat: Seat,
  committeeId: string,
  share: FrostShare | undefined,
): Promise<FrostShare | undefined> {
  const { stage } = seat;
  const dealing = includes(dealers, stage.name);
  const joining = includes(after, stage.name);
  if (!dealing && !joining) return undefined;
  const from = await oldGroup(seat, committeeId, share);
  const parties = seat.membersOf([...new Set([...dealers, ...after])]).map(({ id }) => id);
  const result = await reshareFrostGroup({
    session: seat.sessionOf("resharing"),
    transport: await seat.transportOf("resharing", seat.identity.id, parties),
    self: seat.identity,
    from,
    dealers: seat.membersOf(dealers),
    members: seat.membersOf(after),
    threshold,
    patience: seat.patience,
    ...(dealing && share !== undefined ? { share } : {}),
  });
  if (joining) stage.did(story, "holds a new share of the same group key");
  return result.share;
}

/** What is public of the old group: its members know it; those who join are told, and compare it with the registry. */
async function oldGroup({ stage }: Seat, committeeId: string, share: FrostShare | undefined): Promise<FrostGroup> {
  if (share !== undefined) {
    if (stage.name === dealers[0]) {
      for (const name of after) {
        if (!includes(before, name)) await stage.post(name, GROUP, JSON.stringify(share.group));
      }
    }
    return share.group;
  }
  const group = parseFrostGroup(JSON.parse(await stage.receive(GROUP, "what is public of the old group")));
  const { groupKey, groupKeyConfirmed } = await stage.hall.committees.epoch(committeeId, 1);
  const told = toGroupKeyPoint(group.groupKey);
  if (groupKeyConfirmed && groupKey?.x === told.x && groupKey.y === told.y) return group;
  throw new ScriptError("OtherGroupKey", `the group key ${group.groupKey} is not the one that the members confirmed.`);
}

async function approveRotation(seat: Seat, committeeId: string, share: FrostShare): Promise<void> {
  const { stage } = seat;
  const { committees } = stage.hall;
  const config: EpochConfig = {
    members: seat.membersOf(after).map(({ id }) => id),
    threshold,
    groupKey: toGroupKeyPoint(share.group.groupKey),
  };
  const graceUntil = stage.setup.moment;
  const digest = hashTyped(rotationTypedData(committees.place, { committeeId, currentEpoch: 1, config, graceUntil }));
  const signature = await signTogether(seat, { label: "rotation", names: before, share, digest });
  if (stage.name !== before[0]) return;
  await stage.sent(
    story,
    "rotates the committee, approved by FROST; the old epoch stays in grace",
    committees.rotate({ committeeId, config, graceUntil, approval: toFrostApproval(signature) }),
  );
  for (const name of after) await stage.post(name, ROTATED, "{}");
}

function includes(names: readonly string[], name: string): boolean {
  return names.includes(name);
}
