import type { ApprovalClaim, FrostIdentity } from "../../../sdk/src/index.js";
import { approveStatement } from "../committee/approveStatement.js";
import { foundCommittee, learnCommittee } from "../committee/foundCommittee.js";
import { handOver } from "../committee/handOver.js";
import { committeePlan } from "../committee/plan.js";
import { Seat } from "../committee/Seat.js";
import type { Stage } from "./Stage.js";

const { story, before, after } = committeePlan;
const STATEMENT = "statement";

/** Plays a committee's member: founding, approving, handing over. */
export async function playMember(stage: Stage, identity: FrostIdentity): Promise<void> {
  const seat = new Seat(stage, identity);
  const founding = (before as readonly string[]).includes(stage.name);
  const { committeeId, share } = founding
    ? await foundCommittee(seat)
    : { committeeId: await learnCommittee(seat), share: undefined };
  if (share !== undefined) {
    const text = "The books of the first quarter are closed.";
    const statement = await approveStatement(seat, { committeeId, epoch: 1, names: before, share, text });
    if (stage.name === before[0]) await stage.post(after[0], STATEMENT, JSON.stringify(statement));
  }
  const renewed = await handOver(seat, committeeId, share);
  if (renewed === undefined) {
    await stage.untilMoment();
    return;
  }
  const text = "The books of the second quarter are closed.";
  const statement = await approveStatement(seat, { committeeId, epoch: 2, names: after, share: renewed, text });
  if (stage.name !== after[0]) {
    await stage.untilMoment();
    return;
  }
  const earlier = JSON.parse(await stage.receive(STATEMENT, "the old committee's statement")) as ApprovalClaim;
  const { committees } = stage.hall;
  await committees.requireApproval(earlier);
  stage.did(story, "shows the old committee's statement within its grace; the registry accepts it");
  await stage.untilMoment();
  await stage.refused(story, "shows the old committee's statement after its grace", () =>
    committees.requireApproval(earlier),
  );
  await committees.requireApproval(statement);
  stage.did(story, "shows the new committee's statement; the registry accepts it");
}
