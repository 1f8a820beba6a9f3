import { getBytes } from "ethers";

import { exportPrivateKey, toPem } from "../../../../sdk/src/certificates/index.js";
import { ScriptError } from "../../../support/ScriptError.js";
import type { Stage } from "../../parties/Stage.js";
import type { ApplicationReply } from "../ApplicationLetter.js";
import type { Authority } from "../Authority.js";
import type { Credentials } from "../tls/Credentials.js";
import type { Applied } from "./apply.js";

/** The subject of what comes back on an application. */
export const REPLY = "reply";

/** A certificate in its holder's hands. */
export type HeldCertificate = {
  readonly certificateId: string;
  readonly subjectKeyHash: string;
  readonly der: Uint8Array;
  readonly credentials: Credentials;
};

/** Waits for what became of the application. */
export async function receiveReply(stage: Stage): Promise<ApplicationReply> {
  return JSON.parse(await stage.receive(REPLY, "what becomes of its application")) as ApplicationReply;
}

/** Waits for the certificate, and takes it once its bytes, its issuer and the ledger say that it is valid. */
export async function receiveCertificate(
  stage: Stage,
  { committeeId, root }: Authority,
  { story, key, application }: Applied,
): Promise<HeldCertificate> {
  const { certificate = "0x" } = await receiveReply(stage);
  const der = getBytes(certificate);
  const report = await stage.hall.certificates.verify(der, { committeeId, issuer: root.der });
  const { subjectKeyHash } = application;
  if (!report.valid || report.certificate.subjectKeyHash !== subjectKeyHash) {
    const reasons = report.reasons.map(({ what }) => what).join(" ");
    throw new ScriptError(
      "NotCertified",
      `the certificate that came is of no use: ${reasons || "it is for another key."}`,
    );
  }
  stage.did(story, `verifies its certificate by bytes, issuer and ledger: ${report.verdict}`);
  const credentials = {
    key: await exportPrivateKey(key),
    cert: toPem(der, "CERTIFICATE"),
    ca: toPem(root.der, "CERTIFICATE"),
  };
  return { certificateId: report.certificateId, subjectKeyHash, der, credentials };
}
