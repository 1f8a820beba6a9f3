export { aggregateFrostSignature, type AggregateFrostSignatureOptions } from "./aggregateFrostSignature.js";
export { commitFrostNonce } from "./commitFrostNonce.js";
export {
  coordinateFrostSigning,
  type CoordinateFrostSigningOptions,
  type FrostSigningFault,
  type FrostSigningResult,
} from "./coordinateFrostSigning.js";
export { createFrostIdentity } from "./createFrostIdentity.js";
export { createFrostSignatureShare, type CreateFrostSignatureShareOptions } from "./createFrostSignatureShare.js";
export { createMemoryNetwork } from "./createMemoryNetwork.js";
export { createMemoryNonceStore } from "./createMemoryNonceStore.js";
export { fromFrostApproval } from "./fromFrostApproval.js";
export { fromGroupKeyPoint } from "./fromGroupKeyPoint.js";
export type { FrostCommitment } from "./FrostCommitment.js";
export { FrostError, type FrostErrorArgs, type FrostErrorCode, type FrostFault } from "./FrostError.js";
export type { FrostGroup } from "./FrostGroup.js";
export type { FrostIdentity } from "./FrostIdentity.js";
export type { FrostMember } from "./FrostMember.js";
export type { FrostNonce } from "./FrostNonce.js";
export { FrostShare } from "./FrostShare.js";
export type { FrostTransport } from "./FrostTransport.js";
export { generateFrostShare, type GenerateFrostShareOptions } from "./generateFrostShare.js";
export type { GroupKeyPoint } from "./GroupKeyPoint.js";
export { isUsableGroupKey } from "./isUsableGroupKey.js";
export { joinFrostSigning, type JoinFrostSigningOptions } from "./joinFrostSigning.js";
export type { NonceStore } from "./NonceStore.js";
export { parseFrostGroup } from "./parseFrostGroup.js";
export { parseFrostShare } from "./parseFrostShare.js";
export type { Patience } from "./Patience.js";
export { reshareFrostGroup, type ReshareFrostGroupOptions, type ReshareFrostGroupResult } from "./reshareFrostGroup.js";
export { serializeFrostShare } from "./serializeFrostShare.js";
export { toFrostApproval } from "./toFrostApproval.js";
export { toGroupKeyPoint } from "./toGroupKeyPoint.js";
export { verifyFrostSignature } from "./verifyFrostSignature.js";
