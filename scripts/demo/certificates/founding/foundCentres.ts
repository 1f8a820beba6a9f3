import { ScriptError } from "../../../support/ScriptError.js";
import type { Stage } from "../../parties/Stage.js";
import { CENTRE_EPOCH, CENTRE_THRESHOLD, CENTRES, certificateStoryIds, RECEIVING } from "../certificatePlan.js";
import { committeeSalt } from "../committeeSalt.js";

const SUBJECT = "centres-committee";

/** The centres become a committee, in which each signature has a name; gives its id. */
export async function foundCentres(stage: Stage): Promise<string> {
  if (stage.name !== RECEIVING) {
    const told = await stage.receive(SUBJECT, "the id of the centres' committee");
    await requireCentres(stage, told);
    return told;
  }
  const { committeeId } = await stage.sent(
    certificateStoryIds.centres,
    `creates the centres' committee, ${CENTRE_THRESHOLD} of ${CENTRES.length}, each signature with a name`,
    stage.hall.committees.create({
      salt: committeeSalt(stage.setup.run),
      attributable: true,
      config: { members: accountsOf(stage), threshold: CENTRE_THRESHOLD },
    }),
  );
  for (const name of CENTRES) if (name !== RECEIVING) await stage.post(name, SUBJECT, committeeId);
  return committeeId;
}

/** Refuses a committee that is not the three centres'. */
export async function requireCentres(stage: Stage, committeeId: string): Promise<void> {
  const { members, threshold, attributable } = await stage.hall.committees.epoch(committeeId, CENTRE_EPOCH);
  const agreed = accountsOf(stage);
  if (String(members) === String(agreed) && threshold === CENTRE_THRESHOLD && attributable) return;
  throw new ScriptError(
    "OtherCentres",
    `committee ${committeeId} has the members ${String(members)}, ${threshold} of them; agreed were ${String(agreed)}, ${CENTRE_THRESHOLD} of them, with names. Trust nothing of it.`,
  );
}

function accountsOf(stage: Stage): readonly string[] {
  return CENTRES.map((name) => stage.person(name).address);
}
