import { CENTRES, certificateStoryIds, DEVICE, GATEWAY, RECEIVING, STRANGER } from "../certificates/certificatePlan.js";
import { rejections } from "../certificates/identityRules.js";
import type { ExpectedStep, Story } from "./Story.js";

const { centres, certify, refuse, tls, update, revoke } = certificateStoryIds;
const [, ...others] = CENTRES;
const checked = "the ledger checks the issuer's signature";

const applies = (actor: string): ExpectedStep => {
  return { actor, step: "applies: its identification sealed to each centre, a proof that it holds its key" };
};

/** What each centre finds by its own rule, in their order. */
const identified = (applicant: string, verdicts: readonly ("approve" | "reject")[]): readonly ExpectedStep[] =>
  CENTRES.map((actor, place) => ({
    actor,
    step: `identifies ${applicant} by its own rule: ${verdicts[place] ?? ""}`,
  }));

const counted = (applicant: string, says: string, detail: string): ExpectedStep => {
  return { actor: RECEIVING, step: `has the ledger count results on ${applicant}: ${says}`, detail, onChain: true };
};

const issued = (applicant: string, how: string): ExpectedStep => {
  return { actor: RECEIVING, step: `issues the certificate of ${applicant} ${how}; ${checked}`, onChain: true };
};

const verified = (actor: string): ExpectedStep => {
  return { actor, step: "verifies its certificate by bytes, issuer and ledger: VALID" };
};

/** The next poll cuts the device's connection, and the host lets no new one in. */
const cutOff = (verdict: string, tries: string): readonly ExpectedStep[] => [
  {
    actor: GATEWAY,
    step: `cuts the device's open connection at the next poll: ${verdict}`,
    refusal: "PEER_REFUSED",
  },
  { actor: DEVICE, step: "finds its open connection cut" },
  { actor: GATEWAY, step: `refuses a new connection of the device: ${verdict}`, refusal: "PEER_REFUSED" },
  { actor: DEVICE, step: tries },
];

const steps: Readonly<Record<string, { readonly title: string; readonly steps: readonly ExpectedStep[] }>> = {
  [centres]: {
    title: "Three centres become a committee, which admits the one that receives and signs certificates",
    steps: [
      {
        actor: RECEIVING,
        step: "creates the centres' committee, 2 of 3, each signature with a name",
        onChain: true,
      },
      ...others.map((actor) => ({ actor, step: `approves that ${RECEIVING} receives and signs certificates` })),
      {
        actor: RECEIVING,
        step: "is admitted with its P-256 key as the receiving centre, by 2 centres' approval",
        onChain: true,
      },
      ...CENTRES.map((actor) => ({ actor, step: "opens its service, and presents it by a signed letter" })),
    ],
  },
  [certify]: {
    title: "A device is certified although one of the centres rejects it; so is the merchant's host, by all",
    steps: [
      applies(GATEWAY),
      ...identified(GATEWAY, ["approve", "approve", "approve"]),
      issued(GATEWAY, "by one approval of the centres"),
      verified(GATEWAY),
      applies(DEVICE),
      ...identified(DEVICE, ["approve", "approve", "reject"]),
      counted(DEVICE, `one rejects for reason ${rejections.firmware}`, "OPEN"),
      counted(DEVICE, "2 approve", "APPROVED"),
      issued(DEVICE, "as it was counted"),
      verified(DEVICE),
    ],
  },
  [refuse]: {
    title: "A device that two centres reject comes to no certificate",
    steps: [
      applies(STRANGER),
      ...identified(STRANGER, ["approve", "reject", "reject"]),
      counted(STRANGER, `one rejects for reason ${rejections.owner}`, "OPEN"),
      counted(STRANGER, `one rejects for reason ${rejections.firmware}`, "REJECTED"),
      {
        actor: RECEIVING,
        step: `tries to issue the certificate of ${STRANGER} all the same`,
        refusal: "CertificateLedgerApplicationRejected",
      },
      { actor: STRANGER, step: "asks the ledger about its application: REJECTED" },
    ],
  },
  [tls]: {
    title: "The device pays over mutual TLS, is frozen and not let in, and pays again",
    steps: [
      { actor: GATEWAY, step: "listens with mutual TLS, and asks the ledger at every poll" },
      { actor: DEVICE, step: "pays over mutual TLS; each side asks the ledger about the other" },
      { actor: GATEWAY, step: "takes a payment over mutual TLS" },
      { actor: RECEIVING, step: "freezes the certificate: the device is missing", onChain: true },
      ...cutOff("FROZEN", "tries to pay, and is not let in"),
      {
        actor: DEVICE,
        step: "tries to undo the centre's freeze, as the holder",
        refusal: "CERTIFICATE_NOT_ALLOWED",
      },
      { actor: DEVICE, step: "asks the ledger to undo it, past the SDK", refusal: "CertificateLedgerNotAllowed" },
      { actor: RECEIVING, step: "undoes its freeze: the device is found", onChain: true },
      { actor: DEVICE, step: "pays again" },
      { actor: GATEWAY, step: "takes a payment by the same certificate again" },
    ],
  },
  [update]: {
    title: "The device, brought up to date, replaces its certificate",
    steps: [
      applies(DEVICE),
      ...identified(DEVICE, ["approve", "approve", "approve"]),
      issued(DEVICE, "by one approval of the centres"),
      verified(DEVICE),
      { actor: DEVICE, step: "signs that the new certificate replaces the old one" },
      {
        actor: RECEIVING,
        step: "retires the old certificate for its successor, as the holder signed",
        onChain: true,
      },
      ...cutOff("SUPERSEDED", "tries to pay by the old certificate, and is not let in"),
      { actor: GATEWAY, step: "follows the old certificate to its successor", detail: "VALID" },
      { actor: DEVICE, step: "pays by the new certificate" },
      { actor: GATEWAY, step: "takes a payment by the successor" },
    ],
  },
  [revoke]: {
    title: "The device's key is compromised: its certificate is revoked for good",
    steps: [
      { actor: DEVICE, step: "signs that its certificate be revoked, for somebody else to send" },
      {
        actor: GATEWAY,
        step: "revokes the certificate, as the holder signed: its key is compromised",
        onChain: true,
      },
      ...cutOff("REVOKED", "tries to pay, and is not let in"),
      { actor: GATEWAY, step: "sends what the holder signed once more", refusal: "CERTIFICATE_NOT_HEAD" },
      { actor: GATEWAY, step: "refuses the device after another poll: REVOKED", refusal: "PEER_REFUSED" },
      { actor: DEVICE, step: "tries once more, and is not let in" },
      {
        actor: RECEIVING,
        step: "tries to move the revoked certificate back",
        refusal: "CERTIFICATE_NOT_ALLOWED",
      },
      {
        actor: RECEIVING,
        step: "asks the ledger to move it back, past the SDK",
        refusal: "CertificateLedgerNotAllowed",
      },
    ],
  },
};

/** The stories of certificates. */
export const certificateStories: readonly Story[] = Object.entries(steps).map(([id, story]) => {
  return { id, ...story, given: {}, changesAtMoment: {}, changesAtEnd: {} };
});
