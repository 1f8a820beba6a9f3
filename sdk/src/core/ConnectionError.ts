import { GuildhallError } from "./errors/GuildhallError.js";

/** Why no connection to a deployment came about. */
export type ConnectionErrorCode =
  | "NO_PROVIDER"
  | "NO_DEPLOYMENT"
  | "WRONG_CHAIN"
  | "INVALID_ADDRESS"
  | "NO_CODE"
  | "WRONG_CODE"
  | "NOT_A_DIRECTORY"
  | "NAME_MISSING"
  | "INVALID_NAME";

/** The runner's chain, the directory or one of its addresses is not what the SDK needs. */
export class ConnectionError extends GuildhallError<ConnectionErrorCode> {}
