import type { CertificateVerdict, Operation } from "../../../../sdk/src/index.js";
import { DEVICE, GATEWAY } from "../certificatePlan.js";

/** What a certificate must have come to. */
export type ExpectedCertificate = {
  readonly holder: string;
  readonly verdict: CertificateVerdict;
  /** One for each record. */
  readonly operations: readonly Operation[];
};

/** Every certificate that there must be, a holder's in the order of issue; written down apart from the parties. */
export const expectedCertificates: readonly ExpectedCertificate[] = [
  { holder: GATEWAY, verdict: "VALID", operations: ["ISSUE"] },
  { holder: DEVICE, verdict: "SUPERSEDED", operations: ["ISSUE", "FREEZE", "UNFREEZE", "UPDATE"] },
  { holder: DEVICE, verdict: "REVOKED", operations: ["ISSUE", "REVOKE"] },
];

/** Where the applications must stand whose results were counted. */
export const expectedApplications = { APPROVED: 1, REJECTED: 1, OPEN: 0 } as const;
