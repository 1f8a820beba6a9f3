import type { MovedCertificate, Transaction } from "../../../../sdk/src/index.js";
import type { Stage } from "../../parties/Stage.js";
import type { SignedRequest } from "./SignedRequest.js";

/** Sends what a holder signed. */
export function sendRequest(
  { hall }: Stage,
  { request, ...signed }: SignedRequest,
): Promise<Transaction<MovedCertificate>> {
  return hall.certificates.execute({ request, consent: { as: "HOLDER", ...signed } });
}
