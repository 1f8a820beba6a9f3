import { hexlify, randomBytes } from "ethers";

import * as x509 from "../../../../sdk/src/certificates/index.js";
import { signTyped } from "../../../../sdk/src/index.js";
import type { Stage } from "../../parties/Stage.js";
import type { ApplicationLetter } from "../ApplicationLetter.js";
import type { Authority } from "../Authority.js";
import { RECEIVING } from "../certificatePlan.js";
import { validityAt } from "../validityAt.js";

/** Seconds in which the centres must have decided. */
const TIME_TO_DECIDE = 3_600;

/** The subject of letters with applications. */
export const APPLICATION = "application";

/** What somebody applies with. */
export type ApplyParameters = {
  readonly story: string;
  readonly identification: x509.Identification;
  /** Under which the applicant is reached, where it is a server. */
  readonly names?: x509.NamesToWrite;
  /** The certificate that the new one may replace. */
  readonly predecessorId?: string;
};

/** An application that was sent, and the key that it is about. */
export type Applied = { readonly story: string; readonly key: x509.KeyPair; readonly application: x509.Application };

/** Makes a key, proves to hold it, seals the identification to each centre, and sends all to the receiving centre. */
export async function apply(
  stage: Stage,
  { committeeId, centre, centres }: Authority,
  { story, identification, names = {}, predecessorId }: ApplyParameters,
): Promise<Applied> {
  const { chainId, clock } = stage.hall.context;
  const applicant = await stage.signer.getAddress();
  // TLS needs the key as PEM; it stays in this process.
  const key = await x509.createKeyPair("P-256", { extractable: true });
  const subject = { commonName: stage.name };
  const request = await x509.createSigningRequest({ key, subject, names, chainId, applicant });
  const salt = hexlify(randomBytes(32));
  const recipients = centres.map(({ publicKey }, place) => ({ centre: place, publicKey }));
  const envelopes = await x509.sealIdentification(identification, salt, recipients);
  const now = Number(await clock());
  const application: x509.Application = {
    ...{ committeeId, centre, applicant },
    subjectKeyHash: request.key.keyHash,
    identityHash: x509.identityHash(salt, identification),
    possessionHash: request.possessionHash,
    ...(predecessorId === undefined ? {} : { predecessorId }),
    ...validityAt(now),
    deadline: now + TIME_TO_DECIDE,
  };
  const consent = { application, envelopes: envelopes.map(x509.envelopeHash) };
  const data = x509.submissionTypedData(stage.hall.certificates.place, consent);
  const { signature } = await signTyped(stage.signer, data);
  const letter: ApplicationLetter = {
    ...{ from: stage.name, story, application, envelopes, signature },
    request: hexlify(request.der),
  };
  stage.did(story, "applies: its identification sealed to each centre, a proof that it holds its key");
  await stage.post(RECEIVING, APPLICATION, JSON.stringify(letter));
  return { story, key, application };
}
