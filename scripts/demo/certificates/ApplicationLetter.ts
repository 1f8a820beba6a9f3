import type { Application, IdentificationEnvelope } from "../../../sdk/src/certificates/index.js";

/** An application on its way to the receiving centre. */
export type ApplicationLetter = {
  readonly from: string;
  readonly story: string;
  readonly application: Application;
  /** The PKCS#10 request: DER as hex. */
  readonly request: string;
  /** One for each centre, which it alone can open. */
  readonly envelopes: readonly IdentificationEnvelope[];
  /** The applicant's, over application and envelopes: centres look at nothing that it did not submit. */
  readonly signature: string;
};

/** What comes back: the certificate, as hex of its DER; undefined where the centres rejected. */
export type ApplicationReply = { readonly applicationId: string; readonly certificate?: string };
