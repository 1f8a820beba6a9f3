import { sha256 } from "ethers";

import { apply } from "../certificates/applying/apply.js";
import { receiveCertificate } from "../certificates/applying/receiveCertificate.js";
import { certificateStoryIds, DEVICE, GATEWAY, RECEIVING } from "../certificates/certificatePlan.js";
import { learnAuthority } from "../certificates/founding/learnAuthority.js";
import { identificationOf } from "../certificates/identifications.js";
import { sendRequest } from "../certificates/moves/sendRequest.js";
import type { SignedRequest } from "../certificates/moves/SignedRequest.js";
import { MOVED, REVOKED } from "../certificates/receiving/receiveAndMove.js";
import { HOST, HostSeat, type HostLetter, REVOKE } from "../certificates/tls/HostSeat.js";
import { openHost } from "../certificates/tls/openHost.js";
import { pollVerdicts } from "../certificates/tls/pollVerdicts.js";
import { requireClocks } from "../certificates/tls/requireClocks.js";
import type { Stage } from "./Stage.js";

const { certify, tls, update, revoke } = certificateStoryIds;

/** Plays the merchant's host: lets devices in whose certificate the ledger finds valid, and no other. */
export async function playGateway(stage: Stage): Promise<void> {
  const authority = await learnAuthority(stage);
  requireClocks(authority.root);
  // TLS clients hold a server's names against where they reach it.
  const names = { ip: ["127.0.0.1"] };
  const applied = await apply(stage, authority, { story: certify, identification: identificationOf(GATEWAY), names });
  const held = await receiveCertificate(stage, authority, applied);
  const verdicts = pollVerdicts(stage.hall, authority.committeeId);
  const host = await openHost(held.credentials, verdicts);
  try {
    stage.did(tls, "listens with mutual TLS, and asks the ledger at every poll");
    const letter: HostLetter = { port: host.port, contentHash: sha256(held.der) };
    await stage.post(DEVICE, HOST, JSON.stringify(letter));
    await serve(new HostSeat(stage, { host, verdicts, committeeId: authority.committeeId }));
  } finally {
    verdicts.stop();
    await host.close();
  }
}

async function serve(seat: HostSeat): Promise<void> {
  const { stage } = seat;
  const { certificates } = stage.hall;
  const first = await seat.takePayment(tls, "takes a payment over mutual TLS");

  await stage.receive(MOVED, "that the device's certificate is frozen");
  await seat.cutAndRefuse(tls, "FROZEN");
  await stage.receive(MOVED, "that the device's certificate is no longer frozen");
  await seat.poll();
  await seat.takePayment(tls, "takes a payment by the same certificate again", first);

  await stage.receive(MOVED, "that the device's certificate has a successor");
  await seat.cutAndRefuse(update, "SUPERSEDED");
  const successors = await certificates.successorsOf(first);
  const [successor] = successors;
  stage.did(
    update,
    "follows the old certificate to its successor",
    successors.map(({ verdict }) => verdict).join(", "),
  );
  const second = await seat.takePayment(update, "takes a payment by the successor", successor?.certificateId);

  const signed = JSON.parse(await stage.receive(REVOKE, "what the holder signs of a lost key")) as SignedRequest;
  await stage.sent(
    revoke,
    "revokes the certificate, as the holder signed: its key is compromised",
    sendRequest(stage, signed),
  );
  await seat.cutAndRefuse(revoke, "REVOKED");
  await stage.refused(revoke, "sends what the holder signed once more", () => sendRequest(stage, signed));
  await seat.poll();
  await seat.refuse(revoke, "REVOKED", "refuses the device after another poll");
  await stage.post(RECEIVING, REVOKED, second);
}
