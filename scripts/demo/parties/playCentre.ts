import { hexlify } from "ethers";

import { createCentreKey } from "../../../sdk/src/certificates/index.js";
import { DEVICE, GATEWAY, milestones, RECEIVING, STRANGER } from "../certificates/certificatePlan.js";
import { admitReceivingCentre, approveAdmission } from "../certificates/founding/admitReceivingCentre.js";
import { foundCentres } from "../certificates/founding/foundCentres.js";
import { AUTHORITY, type AuthorityLetter, learnCentres } from "../certificates/founding/learnAuthority.js";
import { type Issuer, makeRoot } from "../certificates/founding/makeRoot.js";
import { presentCentre } from "../certificates/founding/presentCentre.js";
import { openCentre } from "../certificates/receiving/openCentre.js";
import { PLAYED, receiveAndMove } from "../certificates/receiving/receiveAndMove.js";
import type { Stage } from "./Stage.js";

/** Plays a centre: identifies applicants by a rule of its own; the receiving centre also signs certificates and moves them. */
export async function playCentre(stage: Stage): Promise<void> {
  const committeeId = await foundCentres(stage);
  const issuer = stage.name === RECEIVING ? await makeRoot(stage) : undefined;
  const centre = issuer === undefined ? undefined : await admitReceivingCentre(stage, committeeId, issuer);
  if (issuer === undefined) await approveAdmission(stage, committeeId);
  const key = await createCentreKey();
  const service = await openCentre(stage, committeeId, key);
  try {
    await presentCentre(stage, { url: service.url, publicKey: key.publicKey });
    if (issuer !== undefined && centre !== undefined) await playReceiving(stage, { committeeId, centre, issuer });
    else for (const story of milestones) await stage.receive(PLAYED, `the end of "${story}"`);
  } finally {
    await service.close();
  }
}

async function playReceiving(
  stage: Stage,
  { committeeId, centre, issuer }: { readonly committeeId: string; readonly centre: number; readonly issuer: Issuer },
): Promise<void> {
  const { root } = issuer;
  const letter: AuthorityLetter = { committeeId, centre, root: hexlify(root.der) };
  for (const name of [GATEWAY, DEVICE, STRANGER]) await stage.post(name, AUTHORITY, JSON.stringify(letter));
  const centres = await learnCentres(stage);
  await receiveAndMove(stage, { authority: { committeeId, centre, root, centres }, issuer });
}
