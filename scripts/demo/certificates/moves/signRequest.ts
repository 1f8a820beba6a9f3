import { certificateRequestTypedData, type DraftRequestParameters, signTyped } from "../../../../sdk/src/index.js";
import type { Stage } from "../../parties/Stage.js";
import type { HeldCertificate } from "../applying/receiveCertificate.js";
import type { SignedRequest } from "./SignedRequest.js";

/** What the holder wants done. */
export type SignRequestParameters = Pick<DraftRequestParameters, "operation" | "reason" | "successorId">;

/** The holder drafts a request on its certificate's last record and signs it, for somebody else to send. */
export async function signRequest(
  { hall, signer }: Stage,
  { certificateId, subjectKeyHash }: HeldCertificate,
  what: SignRequestParameters,
): Promise<SignedRequest> {
  const { certificates } = hall;
  const request = await certificates.draftRequest({ certificateId, requester: "HOLDER", ...what });
  const data = certificateRequestTypedData(certificates.place, request);
  const { account, signature } = await signTyped(signer, data);
  return { request, subjectKeyHash, holder: account, signature };
}
