import type { Application } from "../../certificates/Application.js";
import type { Identification } from "../../certificates/identification/Identification.js";
import type { SigningRequest } from "../../certificates/x509/SigningRequest.js";
import type { TbsFacts } from "../../certificates/x509/TbsFacts.js";

/** What a centre decides on. The papers agree with each other already. */
export type CentreCase = {
  readonly applicationId: string;
  readonly application: Application;
  /** Who the applicant says to be. Keep it out of logs. */
  readonly identification: Identification;
  readonly request: SigningRequest;
  readonly tbs: TbsFacts;
};

/** A centre's answer: yes, no with a reason code from 1 to 255, or not yet. */
export type IdentityVerdict =
  | { readonly verdict: "approve" }
  | { readonly verdict: "reject"; readonly reason: number }
  | { readonly verdict: "undecided" };
