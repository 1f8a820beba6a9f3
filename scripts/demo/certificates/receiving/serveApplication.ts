import { getBytes, hexlify } from "ethers";

import * as x509 from "../../../../sdk/src/certificates/index.js";
import { applicationIdOf, type IssuedCertificate, type Transaction } from "../../../../sdk/src/index.js";
import type { Stage } from "../../parties/Stage.js";
import type { ApplicationLetter, ApplicationReply } from "../ApplicationLetter.js";
import { REPLY } from "../applying/receiveCertificate.js";
import type { Authority } from "../Authority.js";
import { CENTRE_EPOCH, CENTRE_THRESHOLD } from "../certificatePlan.js";
import type { Issuer } from "../founding/makeRoot.js";
import { approvalBy } from "./approvalBy.js";
import { askCentres } from "./askCentres.js";
import { countVotes } from "./countVotes.js";

/** What the receiving centre serves applications with. */
export type ServeParameters = { readonly authority: Authority; readonly issuer: Issuer };

/**
 * Serves an application: drafts the certificate, asks the centres, has it decided, signs it and has it issued, and answers the
 * applicant. What all approve is issued by one approval; else the ledger counts.
 */
export async function serveApplication(
  stage: Stage,
  { authority, issuer }: ServeParameters,
  letter: ApplicationLetter,
): Promise<void> {
  const { from, story, application } = letter;
  const request = x509.parseSigningRequest(getBytes(letter.request));
  const { notBefore, notAfter } = application;
  const serial = x509.randomSerial();
  const { tbs } = x509.createTbs({ request, issuer: issuer.root, serial, notBefore, notAfter });
  const votes = await askCentres(stage, authority.centres, letter, tbs);
  const isUnanimous = votes.every(({ result }) => result.approved);
  const isApproved = isUnanimous || (await countVotes(stage, letter, votes)) === "APPROVED";
  const approved = { epoch: CENTRE_EPOCH, approval: approvalBy(votes.slice(0, CENTRE_THRESHOLD)) };

  const certificate = await x509.signTbs(tbs, issuer.key);
  const issue = (): Promise<Transaction<IssuedCertificate>> =>
    stage.hall.certificates.issue({
      ...{ application, certificate, issuer: issuer.root.der },
      ...(isUnanimous ? { approved } : {}),
    });
  const reply = { applicationId: applicationIdOf(application) };
  if (!isApproved) {
    await stage.refused(story, `tries to issue the certificate of ${from} all the same`, issue);
    await answer(reply);
    return;
  }
  const how = isUnanimous ? "by one approval of the centres" : "as it was counted";
  await stage.sent(
    story,
    `issues the certificate of ${from} ${how}; the ledger checks the issuer's signature`,
    issue(),
  );
  await answer({ ...reply, certificate: hexlify(certificate) });

  function answer(text: ApplicationReply): Promise<void> {
    return stage.post(from, REPLY, JSON.stringify(text));
  }
}
