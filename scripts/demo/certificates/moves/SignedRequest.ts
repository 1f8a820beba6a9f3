import type { CertificateRequest } from "../../../../sdk/src/index.js";

/** What a certificate's holder asks for, with its signature: whoever has it may send it. */
export type SignedRequest = {
  readonly request: CertificateRequest;
  readonly subjectKeyHash: string;
  readonly holder: string;
  readonly signature: string;
};
