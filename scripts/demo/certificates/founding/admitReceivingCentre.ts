import { getBytes, hexlify, id } from "ethers";

import { checkCertificate, parseCertificate } from "../../../../sdk/src/certificates/index.js";
import { type CentreAdmission, centreAdmissionTypedData, hashTyped, signTyped } from "../../../../sdk/src/index.js";
import { ScriptError } from "../../../support/ScriptError.js";
import type { Stage } from "../../parties/Stage.js";
import { CENTRE_EPOCH, CENTRES, certificateStoryIds, RECEIVING } from "../certificatePlan.js";
import type { Issuer } from "./makeRoot.js";

const WISH = "admission";
const WORD = "admission-word";
const others = CENTRES.filter((name) => name !== RECEIVING);

/** What the other centres are asked to approve, with the certificate that it is about. */
type AdmissionLetter = { readonly admission: CentreAdmission; readonly root: string };

/** The receiving centre is admitted with its issuer key, by the approval of the others; gives its number. */
export async function admitReceivingCentre(stage: Stage, committeeId: string, { root }: Issuer): Promise<number> {
  const { certificates, committees } = stage.hall;
  const admission: CentreAdmission = {
    committeeId,
    epoch: CENTRE_EPOCH,
    account: await stage.signer.getAddress(),
    issuerKeyHash: root.key.keyHash,
    issuerIsP256: true,
    salt: id(stage.setup.run),
  };
  const letter: AdmissionLetter = { admission, root: hexlify(root.der) };
  for (const name of others) await stage.post(name, WISH, JSON.stringify(letter));
  const digest = hashTyped(centreAdmissionTypedData(certificates.place, admission));
  const collector = await committees.collect({ committeeId, epoch: CENTRE_EPOCH, digest });
  while (collector.missing.count > 0) {
    await collector.add({ signature: await stage.receive(WORD, "the centres' word on the admission") });
  }
  const { centre } = await stage.sent(
    certificateStoryIds.centres,
    `is admitted with its P-256 key as the receiving centre, by ${collector.signers.length} centres' approval`,
    certificates.admitCentre({ ...admission, approval: collector.build() }),
  );
  return centre;
}

/** Another centre looks at what it is asked to approve, and signs it. */
export async function approveAdmission(stage: Stage, committeeId: string): Promise<void> {
  const letter = JSON.parse(await stage.receive(WISH, "the receiving centre's admission")) as AdmissionLetter;
  const { admission } = letter;
  const root = parseCertificate(getBytes(letter.root));
  const { address } = stage.person(RECEIVING);
  const { valid } = await checkCertificate(root, root, Number(await stage.hall.context.clock()));
  const isAsAgreed =
    valid &&
    root.extensions.isCa &&
    admission.committeeId === committeeId &&
    admission.epoch === CENTRE_EPOCH &&
    admission.account === address &&
    admission.issuerIsP256 &&
    admission.issuerKeyHash === root.key.keyHash;
  if (!isAsAgreed) {
    throw new ScriptError(
      "OtherAdmission",
      `the admission names ${admission.account} and the key ${admission.issuerKeyHash}; agreed were ${address} and the key of its certificate, ${root.key.keyHash}. Do not sign it.`,
    );
  }
  const data = centreAdmissionTypedData(stage.hall.certificates.place, admission);
  const { signature } = await signTyped(stage.signer, data);
  stage.did(certificateStoryIds.centres, `approves that ${RECEIVING} receives and signs certificates`);
  await stage.post(RECEIVING, WORD, signature);
}
