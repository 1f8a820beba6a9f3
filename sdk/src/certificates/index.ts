export type { Application } from "./Application.js";
export { CertificateError, type CertificateErrorArgs, type CertificateErrorCode } from "./CertificateError.js";
export type { CertificationResult, SignedResult } from "./CertificationResult.js";
export { CentreError, type CentreErrorArgs, type CentreErrorCode } from "./centres/CentreError.js";
export {
  type CentreAddress,
  type CentreAnswer,
  type CentreOutcome,
  collectResults,
  type CollectParameters,
} from "./centres/collectResults.js";
export type { Submission } from "./centres/Submission.js";
export type { IdentificationEnvelope } from "./identification/IdentificationEnvelope.js";
