import { GuildhallError } from "./GuildhallError.js";

/** Why a node or a wallet did not do what was asked. */
export type RpcErrorCode =
  | "RPC_UNAVAILABLE"
  | "RPC_UNEXPECTED_ANSWER"
  | "RPC_REORGANISED"
  | "USER_REJECTED"
  | "INSUFFICIENT_FUNDS"
  | "NONCE_USED"
  | "REPLACEMENT_UNDERPRICED"
  | "RPC_REFUSED";

/** The node or the wallet did not do what was asked; no contract said no. */
export class RpcError extends GuildhallError<RpcErrorCode> {}
