export * as committeeActions from "./actions/index.js";
export type { Approval, ApprovalEntry, FrostApproval, MembersApproval } from "./approvals/Approval.js";
export {
  ApprovalCollector,
  type ApprovalCollectorParameters,
  type MemberSignature,
  type MissingSignatures,
} from "./approvals/ApprovalCollector.js";
export {
  type ApprovalRefusal,
  type ApprovalVerdict,
  checkApproval,
  type CheckApprovalParameters,
} from "./approvals/checkApproval.js";
export { decodeApproval } from "./approvals/decodeApproval.js";
export { encodeApproval } from "./approvals/encodeApproval.js";
export { CommitteeError, type CommitteeErrorCode } from "./CommitteeError.js";
export type { CommitteePlace } from "./CommitteePlace.js";
export { type ApprovalClaim, type ApprovalRequest, CommitteesClient } from "./CommitteesClient.js";
export { defaultThreshold, MAX_MEMBERS } from "./defaultThreshold.js";
export { committeeDomain } from "./documents/committeeDomain.js";
export { committeeIdOf } from "./documents/committeeIdOf.js";
export { committeeTypes } from "./documents/committeeTypes.js";
export { type GroupKeyConfirmation, groupKeyConfirmationTypedData } from "./documents/groupKeyConfirmationTypedData.js";
export { type MemberApproval, memberApprovalTypedData } from "./documents/memberApprovalTypedData.js";
export { type Retirement, retirementTypedData } from "./documents/retirementTypedData.js";
export { type Rotation, rotationTypedData } from "./documents/rotationTypedData.js";
export { type EpochConfig, NO_GROUP_KEY } from "./EpochConfig.js";
export type { Committee } from "./state/Committee.js";
export type { Epoch } from "./state/Epoch.js";
export { readCommittee } from "./state/readCommittee.js";
export { readEpoch } from "./state/readEpoch.js";
export { type ThresholdWarning, thresholdWarning } from "./thresholdWarning.js";
