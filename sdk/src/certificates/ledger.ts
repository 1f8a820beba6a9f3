export * as certificateActions from "./actions/index.js";
export type { Consent } from "./actions/execute.js";
export type { IssuedCertificate } from "./actions/issue.js";
export type { MovedCertificate } from "./actions/MovedCertificate.js";
export type { CertificateHolding } from "./actions/toAbi.js";
export type { Application } from "./Application.js";
export { CertificateError, type CertificateErrorArgs, type CertificateErrorCode } from "./CertificateError.js";
export {
  type CertificateEventOptions,
  CertificatesClient,
  type IssueCertificateParameters,
  type MoveParameters,
  type Results,
} from "./CertificatesClient.js";
export type { CertificationResult, SignedResult } from "./CertificationResult.js";
export { applicationIdOf } from "./documents/applicationIdOf.js";
export type { CentreAdmission, CentreRetirement } from "./documents/CentreAdmission.js";
export { centreAdmissionTypedData } from "./documents/centreAdmissionTypedData.js";
export { centreRetirementTypedData } from "./documents/centreRetirementTypedData.js";
export { certificateIdOf, type CertificateIdParameters } from "./documents/certificateIdOf.js";
export type { CertificateRequest, CommitteeRequest } from "./documents/CertificateRequest.js";
export { certificateRequestTypedData } from "./documents/certificateRequestTypedData.js";
export { certificatesDomain, type CertificatesPlace } from "./documents/certificatesDomain.js";
export { certificateTypes } from "./documents/certificateTypes.js";
export {
  applicationCodec,
  centreAdmissionCodec,
  centreRetirementCodec,
  certificateRequestCodec,
  certificationResultCodec,
  type CommitteeBody,
  committeeRequestCodec,
  type MemberEntry,
} from "./documents/codecs.js";
export { committeeRequestTypedData } from "./documents/committeeRequestTypedData.js";
export { recordIdOf } from "./documents/recordIdOf.js";
export { resultTypedData } from "./documents/resultTypedData.js";
export type { CertificateHistory, IdentifiedRecord } from "./history/CertificateHistory.js";
export type { CertificateRecord } from "./history/CertificateRecord.js";
export { verdictAt } from "./history/verdictAt.js";
export type { CertificateEvent, CertificateEventArgs, CertificateEventName } from "./logs/certificateEvents.js";
export type { ProvenState, TrustedHeader } from "./proof/StateProof.js";
export type { DraftRequestParameters, RequestedOperation } from "./requests/draftRequest.js";
export type { ApprovalAsked, RequestParty } from "./requests/RequestParty.js";
export type { Centre } from "./state/Centre.js";
export type { CertificateState } from "./state/CertificateState.js";
export { type Move, moveTarget } from "./state/moveTarget.js";
export {
  type AccountType,
  accountTypes,
  type ApplicationStatus,
  applicationStatuses,
  type CertificateVerdict,
  certificateVerdicts,
  type Operation,
  operations,
  type Requester,
  requesters,
  type RevocationReason,
  revocationReasons,
} from "./state/names.js";
export { reasonCode } from "./state/reasonCode.js";
export { type VerdictCircumstances, verdictOf } from "./state/verdictOf.js";
export type { Verification } from "./state/Verification.js";
export type {
  CertificateFault,
  CertificateReport,
  Successor,
  VerifyCertificateOptions,
} from "./verify/CertificateReport.js";
