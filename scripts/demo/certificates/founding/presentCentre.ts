import { signTyped } from "../../../../sdk/src/index.js";
import type { Stage } from "../../parties/Stage.js";
import { certificateStoryIds, DEVICE, GATEWAY, RECEIVING, STRANGER } from "../certificatePlan.js";
import { CARD } from "./learnAuthority.js";
import { type CentreCard, centreCardTypedData, type SignedCard } from "./CentreCard.js";

/** Tells everybody who will ask it where the centre's service is, by a letter that it signed. */
export async function presentCentre(stage: Stage, { url, publicKey }: Omit<CentreCard, "run">): Promise<void> {
  const card = { run: stage.setup.run, url, publicKey };
  const { signature } = await signTyped(stage.signer, centreCardTypedData(stage.hall.context.chainId, card));
  const letter: SignedCard = { card, signature };
  for (const name of [RECEIVING, GATEWAY, DEVICE, STRANGER]) await stage.post(name, CARD, JSON.stringify(letter));
  stage.did(certificateStoryIds.centres, "opens its service, and presents it by a signed letter");
}
