import { reasonCode } from "../../../../sdk/src/index.js";
import type { Stage } from "../../parties/Stage.js";
import type { ApplicationLetter } from "../ApplicationLetter.js";
import { APPLICATION } from "../applying/apply.js";
import {
  CENTRES,
  certificateStoryIds,
  DEVICE,
  GATEWAY,
  type milestones,
  RECEIVING,
  STRANGER,
} from "../certificatePlan.js";
import { askLedger } from "../moves/askLedger.js";
import { sendRequest } from "../moves/sendRequest.js";
import type { SignedRequest } from "../moves/SignedRequest.js";
import { type ServeParameters, serveApplication } from "./serveApplication.js";

const { tls, update, revoke } = certificateStoryIds;
const CENTRE = { as: "CENTRE" } as const;

/** The subjects of letters to the receiving centre, to the host, and to the other centres. */
export const MISSING = "missing";
export const FOUND = "found";
export const REPLACED = "replaced";
export const REVOKED = "revoked";
export const MOVED = "moved";
export const PLAYED = "played";

/** All that the receiving centre does with certificates, in the order of the stories. */
export async function receiveAndMove(stage: Stage, parameters: ServeParameters): Promise<void> {
  const letters: ApplicationLetter[] = [];
  for (const name of [GATEWAY, DEVICE, STRANGER]) letters.push(await receiveApplication(stage, name));
  await Promise.all(letters.map((letter) => serveApplication(stage, parameters, letter)));
  await tell(stage, "certify");
  await freezeAndUnfreeze(stage);
  await tell(stage, "tls");
  await serveApplication(stage, parameters, await receiveApplication(stage, DEVICE));
  const signed = JSON.parse(await stage.receive(REPLACED, "what the holder signs of its successor")) as SignedRequest;
  await stage.sent(
    update,
    "retires the old certificate for its successor, as the holder signed",
    sendRequest(stage, signed),
  );
  await stage.post(GATEWAY, MOVED, "UPDATE");
  await tell(stage, "update");
  await tryToMoveBack(stage, await stage.receive(REVOKED, "that the device's certificate is revoked"));
  await tell(stage, "revoke");
}

async function receiveApplication(stage: Stage, name: string): Promise<ApplicationLetter> {
  return JSON.parse(await stage.receive(APPLICATION, `an application, as of ${name}`)) as ApplicationLetter;
}

/** Tells the other centres how far things are. */
async function tell(stage: Stage, story: (typeof milestones)[number]): Promise<void> {
  for (const name of CENTRES) if (name !== RECEIVING) await stage.post(name, PLAYED, story);
}

async function freezeAndUnfreeze(stage: Stage): Promise<void> {
  const { certificates } = stage.hall;
  const certificateId = await stage.receive(MISSING, "that the device is missing");
  const reason = reasonCode("certificateHold");
  await stage.sent(
    tls,
    "freezes the certificate: the device is missing",
    certificates.freeze({ certificateId, reason, by: CENTRE }),
  );
  await stage.post(GATEWAY, MOVED, "FREEZE");
  await stage.receive(FOUND, "that the device is found");
  await stage.sent(tls, "undoes its freeze: the device is found", certificates.unfreeze({ certificateId, by: CENTRE }));
  await stage.post(GATEWAY, MOVED, "UNFREEZE");
}

async function tryToMoveBack(stage: Stage, certificateId: string): Promise<void> {
  await stage.refused(revoke, "tries to move the revoked certificate back", () =>
    stage.hall.certificates.unfreeze({ certificateId, by: CENTRE }),
  );
  await stage.refused(revoke, "asks the ledger to move it back, past the SDK", () =>
    askLedger(stage, certificateId, { operation: "UNFREEZE", consent: CENTRE }),
  );
}
