import { GuildhallError } from "../errors/GuildhallError.js";

/** Why a transaction has no result. */
export type TransactionErrorCode =
  | "NO_SIGNER"
  | "TRANSACTION_REPLACED"
  | "TRANSACTION_CANCELLED"
  | "TRANSACTION_OUT_OF_GAS"
  | "TRANSACTION_REVERTED"
  | "TRANSACTION_NOT_MINED"
  | "EVENT_MISSING";

/** A transaction was not sent, or was sent and has no result. */
export class TransactionError extends GuildhallError<TransactionErrorCode> {}
