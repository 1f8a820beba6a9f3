export { confirmGroupKey, type ConfirmGroupKeyParameters, type GroupKeyConfirmed } from "./confirmGroupKey.js";
export { type CommitteeCreated, create, type CreateCommitteeParameters } from "./create.js";
export { type EpochEnding, retire, type RetireParameters } from "./retire.js";
export { type EpochStarted, rotate, type RotateParameters } from "./rotate.js";
