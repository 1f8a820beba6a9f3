import { getBytes } from "ethers";

import { parseCertificate } from "../../../../sdk/src/certificates/index.js";
import { hashTyped, recoverAccount } from "../../../../sdk/src/index.js";
import { ScriptError } from "../../../support/ScriptError.js";
import type { Stage } from "../../parties/Stage.js";
import type { Authority, PresentedCentre } from "../Authority.js";
import { CENTRES, RECEIVING } from "../certificatePlan.js";
import { centreCardTypedData, type SignedCard } from "./CentreCard.js";
import { requireCentres } from "./foundCentres.js";

/** The subjects of letters about the centres. */
export const CARD = "centre-card";
export const AUTHORITY = "authority";

/** What the receiving centre tells applicants; all of it is held against the chain. */
export type AuthorityLetter = { readonly committeeId: string; readonly centre: number; readonly root: string };

/** Learns of the centres by letters, and believes what the centres signed and the ledger knows. */
export async function learnAuthority(stage: Stage): Promise<Authority> {
  const told = JSON.parse(await stage.receive(AUTHORITY, "the receiving centre's certificate")) as AuthorityLetter;
  const { committeeId, centre } = told;
  const root = parseCertificate(getBytes(told.root));
  await requireCentres(stage, committeeId);
  const known = await stage.hall.certificates.centreOf(centre);
  const { address } = stage.person(RECEIVING);
  if (known.committeeId !== committeeId || known.account !== address || known.issuerKeyHash !== root.key.keyHash) {
    throw new ScriptError(
      "OtherReceivingCentre",
      `the ledger knows centre ${centre} of committee ${known.committeeId} with account ${known.account} and key ${known.issuerKeyHash}; told were ${committeeId}, ${address} and ${root.key.keyHash}. Trust no certificate of it.`,
    );
  }
  return { committeeId, centre, root, centres: await learnCentres(stage) };
}

/** Learns where the centres' services are, in the order of the committee's members. */
export async function learnCentres(stage: Stage): Promise<readonly PresentedCentre[]> {
  const found = new Map<string, PresentedCentre>();
  for (const _ of CENTRES) {
    const { card, signature } = JSON.parse(await stage.receive(CARD, "the centres' cards")) as SignedCard;
    const account = recoverAccount(hashTyped(centreCardTypedData(stage.hall.context.chainId, card)), signature);
    if (account === undefined || card.run !== stage.setup.run) continue;
    found.set(account, { account, url: card.url, publicKey: card.publicKey });
  }
  return CENTRES.map((name) => {
    const centre = found.get(stage.person(name).address);
    if (centre !== undefined) return centre;
    throw new ScriptError("NoCard", `no card is signed by ${name}. Seal nothing for it.`, { name });
  });
}
