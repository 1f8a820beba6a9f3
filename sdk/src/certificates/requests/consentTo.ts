import type { Signer } from "ethers";

import { readCommittee } from "../../committee/state/readCommittee.js";
import { withDecodedErrors } from "../../core/errors/withDecodedErrors.js";
import { hashTyped } from "../../core/signatures/hashTyped.js";
import { type DocumentSigner, signTyped } from "../../core/signatures/signTyped.js";
import { TransactionError } from "../../core/transactions/TransactionError.js";
import type { Consent } from "../actions/execute.js";
import type { CertificatesAccess } from "../CertificatesAccess.js";
import type { CertificateRequest } from "../documents/CertificateRequest.js";
import { certificateRequestTypedData } from "../documents/certificateRequestTypedData.js";
import { committeeRequestTypedData } from "../documents/committeeRequestTypedData.js";
import { readCentre } from "../state/readCentre.js";
import { readCertificate } from "../state/readCertificate.js";
import type { RequestParty } from "./RequestParty.js";

/** The party's consent to a request: its signature, the committee's approval, or that it sends the request itself. */
export async function consentTo(
  access: CertificatesAccess,
  request: CertificateRequest,
  party: RequestParty,
): Promise<Consent> {
  const { context, address } = access;
  const place = { chainId: context.chainId, contract: address };
  const sign = async (signer: DocumentSigner | undefined): Promise<{ account?: string; signature?: string }> =>
    signer === undefined ? {} : signTyped(signer, certificateRequestTypedData(place, request));

  if (party.as === "CENTRE") {
    const { signature } = await sign(party.signer);
    return { as: "CENTRE", ...(signature === undefined ? {} : { signature }) };
  }
  if (party.as === "HOLDER") {
    const { account, signature } = await sign(party.signer);
    const holder = party.holder ?? account ?? (await senderOf(access));
    const { subjectKeyHash } = party;
    return { as: "HOLDER", subjectKeyHash, holder, ...(signature === undefined ? {} : { signature }) };
  }
  const { centre } = await readCertificate(access, request.certificateId);
  const { committeeId } = await readCentre(access, centre);
  const epoch = party.epoch ?? (await readCommittee(context, committeeId)).currentEpoch;
  const data = committeeRequestTypedData(place, { committeeId, epoch, request });
  return { as: "COMMITTEE", epoch, approval: await party.approve({ epoch, digest: hashTyped(data), data }) };
}

async function senderOf({ context: { runner } }: CertificatesAccess): Promise<string> {
  if ("getAddress" in runner) return withDecodedErrors(async () => (runner as Signer).getAddress());
  throw new TransactionError({
    code: "NO_SIGNER",
    args: { action: "executeAsHolder" },
    what: "executeAsHolder writes, and the client is connected with a provider alone.",
    advice: "Connect with a signer.",
  });
}
