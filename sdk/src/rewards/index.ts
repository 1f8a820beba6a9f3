export * as rewardActions from "./actions/index.js";
export type { PoolConfig } from "./actions/PoolConfig.js";
export type { VerdictApproval } from "./actions/publish.js";
export type { ProvenUser } from "./actions/settleBatchWithProof.js";
export type { SettledUser, SettleOutcome, UnsettledUser } from "./actions/SettleOutcome.js";
export type { Bitmap, EvidenceFigures } from "./bitmap/Bitmap.js";
export { bitmapOf, type BitmapParameters } from "./bitmap/bitmapOf.js";
export { chunkPointerOf } from "./bitmap/chunkPointerOf.js";
export { rosterOf } from "./bitmap/rosterOf.js";
export type { Bindings, UserAccount } from "./documents/Bindings.js";
export { bindingsTypedData } from "./documents/bindingsTypedData.js";
export { bindingsCodec, rebindingCodec, verdictCodec } from "./documents/codecs.js";
export { poolIdOf } from "./documents/poolIdOf.js";
export type { Rebinding } from "./documents/Rebinding.js";
export { registrarRebindingTypedData } from "./documents/registrarRebindingTypedData.js";
export { rewardsDomain, type RewardsPlace } from "./documents/rewardsDomain.js";
export { rewardTypes } from "./documents/rewardTypes.js";
export type { Roster } from "./documents/Roster.js";
export { userRebindingTypedData } from "./documents/userRebindingTypedData.js";
export type { Verdict } from "./documents/Verdict.js";
export { verdictTypedData } from "./documents/verdictTypedData.js";
export type { RewardEvent, RewardEventArgs, RewardEventName } from "./logs/rewardEvents.js";
export { RewardError, type RewardErrorCode } from "./RewardError.js";
export { type Holding, type ReportParameters, RewardsClient, type RewardHistoryOptions } from "./RewardsClient.js";
export * from "./roster/index.js";
export { cycleAt } from "./state/cycleAt.js";
export { type CycleTerms, type CycleTimes, cycleTimes } from "./state/cycleTimes.js";
export { finalCycles } from "./state/finalCycles.js";
export type { Member } from "./state/Member.js";
export { missingForPool, type MissingForPool, type PoolStep } from "./state/missingForPool.js";
export {
  type EvidenceAnswer,
  evidenceAnswers,
  type EvidenceForm,
  evidenceForms,
  type EvidenceSource,
  evidenceSources,
  type PoolMode,
  poolModes,
  type Refusal,
} from "./state/names.js";
export type { Pool } from "./state/Pool.js";
export { type ProfitDeposit, profitDeposit } from "./state/profitDeposit.js";
export type { BindUsersParameters, BindUsersStep } from "./work/bindUsers.js";
export type { ClaimAllParameters, ClaimOutcome } from "./work/claimAll.js";
export type { MultiProof, ProofSource, ProvenAnswer } from "./work/ProofSource.js";
export type { PublishBitmapParameters, PublishedBitmap, PublishProgress } from "./work/publishBitmap.js";
export type { SettleReport, SettleStep } from "./work/SettleStep.js";
export type { SettleUsersParameters } from "./work/settleUsers.js";
