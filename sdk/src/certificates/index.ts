export type { Application } from "./Application.js";
export {
  CertificateError,
  type CertificateErrorArgs,
  type CertificateErrorCode,
  type PeerChainProblem,
} from "./CertificateError.js";
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
export { type SubmissionConsent, submissionTypedData } from "./centres/submissionTypedData.js";
export type { IdentificationEnvelope } from "./identification/IdentificationEnvelope.js";
export { accountIdOf } from "./x509/accountIdOf.js";
export type { AlternativeNames } from "./x509/AlternativeNames.js";
export type { Certificate } from "./x509/Certificate.js";
export type { CertificateExtensions } from "./x509/CertificateExtensions.js";
export type { CertificateName } from "./x509/CertificateName.js";
export { type ApplicationPapers, checkApplication, type CheckedPapers } from "./x509/checkApplication.js";
export { type CertificateCheck, checkCertificate } from "./x509/checkCertificate.js";
export type { CheckCode, CheckReason } from "./x509/CheckReason.js";
export { checkSigningRequest, type RequestParty } from "./x509/checkSigningRequest.js";
export { createKeyPair } from "./x509/createKeyPair.js";
export { createRootTbs, type RootTbsParameters } from "./x509/createRootTbs.js";
export { createSigningRequest, type SigningRequestParameters } from "./x509/createSigningRequest.js";
export { createTbs, type TbsParameters } from "./x509/createTbs.js";
export type { EcdsaSignature } from "./x509/EcdsaSignature.js";
export { exportPrivateKey } from "./x509/exportPrivateKey.js";
export { importPrivateKey } from "./x509/importPrivateKey.js";
export { keyHashOf } from "./x509/keyHashOf.js";
export { type KeyAlgorithm, keyAlgorithms, type KeyPair } from "./x509/KeyPair.js";
export { lowS } from "./x509/lowS.js";
export type { NameConstraints, NameSubtrees } from "./x509/NameConstraints.js";
export { parseCertificate } from "./x509/parseCertificate.js";
export { parseSigningRequest } from "./x509/parseSigningRequest.js";
export { parseTbs } from "./x509/parseTbs.js";
export type { PublicKeyFacts } from "./x509/PublicKeyFacts.js";
export { randomSerial } from "./x509/randomSerial.js";
export { signTbs } from "./x509/signTbs.js";
export type { SigningRequest } from "./x509/SigningRequest.js";
export type { SubjectName } from "./x509/SubjectName.js";
export type { TbsFacts } from "./x509/TbsFacts.js";
export { type PemLabel, toPem } from "./x509/toPem.js";
export type { NamesToWrite } from "./x509/writeAlternativeNames.js";
export { type CentreKey, createCentreKey } from "./identification/createCentreKey.js";
export { type EnvelopeHash, envelopeHash } from "./identification/envelopeHash.js";
export type { Identification } from "./identification/Identification.js";
export { identityHash } from "./identification/identityHash.js";
export { type OpenedIdentification, openIdentification } from "./identification/openIdentification.js";
export { type CentreRecipient, sealIdentification } from "./identification/sealIdentification.js";
