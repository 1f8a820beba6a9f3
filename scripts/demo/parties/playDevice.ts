import { reasonCode } from "../../../sdk/src/index.js";
import { apply } from "../certificates/applying/apply.js";
import { type HeldCertificate, receiveCertificate, receiveReply } from "../certificates/applying/receiveCertificate.js";
import type { Authority } from "../certificates/Authority.js";
import { certificateStoryIds, DEVICE, GATEWAY, RECEIVING } from "../certificates/certificatePlan.js";
import { learnAuthority } from "../certificates/founding/learnAuthority.js";
import { identificationOf, NEW_FIRMWARE } from "../certificates/identifications.js";
import { askLedger } from "../certificates/moves/askLedger.js";
import { signRequest } from "../certificates/moves/signRequest.js";
import { FOUND, MISSING, REPLACED } from "../certificates/receiving/receiveAndMove.js";
import { DeviceSeat } from "../certificates/tls/DeviceSeat.js";
import { REVOKE } from "../certificates/tls/HostSeat.js";
import type { Paid } from "../certificates/tls/payAt.js";
import type { Stage } from "./Stage.js";

const { certify, refuse, tls, update, revoke } = certificateStoryIds;

/** Plays a device: it applies, and where it is certified it pays at the host and looks after its certificate. It has no money. */
export async function playDevice(stage: Stage): Promise<void> {
  const authority = await learnAuthority(stage);
  const identification = identificationOf(stage.name);
  if (stage.name !== DEVICE) {
    await apply(stage, authority, { story: refuse, identification });
    const { applicationId, certificate } = await receiveReply(stage);
    const status = await stage.hall.certificates.applicationOf(applicationId);
    stage.did(refuse, `asks the ledger about its application: ${certificate === undefined ? status : "certified"}`);
    return;
  }
  const applied = await apply(stage, authority, { story: certify, identification });
  const first = await receiveCertificate(stage, authority, applied);
  const seat = await DeviceSeat.open(stage, authority.committeeId);
  try {
    const connection = await freezeAndBack(seat, first);
    const second = await replace(seat, { authority, first, connection });
    await giveUp(seat, second);
  } finally {
    seat.close();
  }
}

async function freezeAndBack(seat: DeviceSeat, held: HeldCertificate): Promise<Paid> {
  const { stage } = seat;
  const { certificateId, subjectKeyHash } = held;
  const connection = await seat.pay(tls, "pays over mutual TLS; each side asks the ledger about the other", held);
  await stage.post(RECEIVING, MISSING, certificateId);
  await seat.beCut(tls, connection);
  await seat.beRefused(tls, "tries to pay, and is not let in", held);
  const { certificates } = stage.hall;
  await stage.refused(tls, "tries to undo the centre's freeze, as the holder", () =>
    certificates.unfreeze({ certificateId, by: { as: "HOLDER", subjectKeyHash } }),
  );
  const holder = await stage.signer.getAddress();
  await stage.refused(tls, "asks the ledger to undo it, past the SDK", () =>
    askLedger(stage, certificateId, { operation: "UNFREEZE", consent: { as: "HOLDER", subjectKeyHash, holder } }),
  );
  await stage.post(RECEIVING, FOUND, certificateId);
  await seat.polled();
  return seat.pay(tls, "pays again", held);
}

/** What there is before a certificate is replaced. */
type ReplaceParameters = {
  readonly authority: Authority;
  readonly first: HeldCertificate;
  readonly connection: Paid;
};

async function replace(seat: DeviceSeat, { authority, first, connection }: ReplaceParameters): Promise<PaidBy> {
  const { stage } = seat;
  const identification = { ...identificationOf(DEVICE), firmware: NEW_FIRMWARE };
  const predecessorId = first.certificateId;
  const applied = await apply(stage, authority, { story: update, identification, predecessorId });
  const second = await receiveCertificate(stage, authority, applied);
  const signed = await signRequest(stage, first, { operation: "UPDATE", successorId: second.certificateId });
  stage.did(update, "signs that the new certificate replaces the old one");
  await stage.post(RECEIVING, REPLACED, JSON.stringify(signed));
  await seat.beCut(update, connection);
  await seat.beRefused(update, "tries to pay by the old certificate, and is not let in", first);
  return { held: second, connection: await seat.pay(update, "pays by the new certificate", second) };
}

/** A certificate, and the open connection by it. */
type PaidBy = { readonly held: HeldCertificate; readonly connection: Paid };

async function giveUp(seat: DeviceSeat, { held, connection }: PaidBy): Promise<void> {
  const { stage } = seat;
  const reason = reasonCode("keyCompromise");
  const signed = await signRequest(stage, held, { operation: "REVOKE", reason });
  stage.did(revoke, "signs that its certificate be revoked, for somebody else to send");
  await stage.post(GATEWAY, REVOKE, JSON.stringify(signed));
  await seat.beCut(revoke, connection);
  await seat.beRefused(revoke, "tries to pay, and is not let in", held);
  await seat.beRefused(revoke, "tries once more, and is not let in", held);
}
