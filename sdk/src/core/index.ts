export type {
  Abi,
  AbiItem,
  AbiObject,
  AbiParameter,
  AbiValue,
  ErrorName,
  EventArgs,
  EventName,
  FunctionArgs,
  FunctionName,
} from "./abi/AbiTypes.js";
export { chainClock } from "./chainClock.js";
export type { ClientContext } from "./ClientContext.js";
export type { Clock } from "./Clock.js";
export { ConnectionError, type ConnectionErrorCode } from "./ConnectionError.js";
export type { Addresses, Deployment } from "./deployments/Deployment.js";
export { createDocument, type CreateDocumentParameters } from "./documents/createDocument.js";
export type { DocumentCodec, DocumentOf, GuildhallDocument, SignatureClaim } from "./documents/DocumentCodec.js";
export { DocumentError, type DocumentErrorCode } from "./documents/DocumentError.js";
export { DOCUMENT_FORMAT, DOCUMENT_VERSION } from "./documents/envelope.js";
export type { Json, JsonObject } from "./documents/Json.js";
export { parseDocument } from "./documents/parseDocument.js";
export { serializeDocument } from "./documents/serializeDocument.js";
export { type DocumentVerdict, type VerifiedClaim, verifyDocument } from "./documents/verifyDocument.js";
export type { EventPlace } from "./reads/watchEvents.js";
export * as schema from "./documents/schema/index.js";
export { ContractRevertError, type RevertArgs, type RevertName } from "./errors/ContractRevertError.js";
export { decodeRevert, type DecodeRevertParameters } from "./errors/decodeRevert.js";
export { errorAdvice } from "./errors/errorAdvice.js";
export { type ErrorArgs, GuildhallError, type GuildhallErrorOptions } from "./errors/GuildhallError.js";
export { isRevert } from "./errors/isRevert.js";
export { RpcError, type RpcErrorCode } from "./errors/RpcError.js";
export { standardErrorsAbi } from "./errors/standardErrors.js";
export { withDecodedErrors } from "./errors/withDecodedErrors.js";
export { type Erc6492Signature, isErc6492, unwrapErc6492, wrapErc6492 } from "./signatures/Erc6492.js";
export { hashTyped } from "./signatures/hashTyped.js";
export { recoverAccount } from "./signatures/recoverAccount.js";
export { SignatureError, type SignatureErrorCode } from "./signatures/SignatureError.js";
export {
  accountOf,
  type DocumentSigner,
  type SignedDigest,
  signTyped,
  type WalletSigner,
} from "./signatures/signTyped.js";
export type { TypedData } from "./signatures/TypedData.js";
export {
  type SignatureFault,
  type SignatureVerdict,
  verifySignature,
  type VerifySignatureParameters,
} from "./signatures/verifySignature.js";
export type { ContractAction } from "./transactions/ContractAction.js";
export { createAction, type CreateActionParameters } from "./transactions/createAction.js";
export { sendAction, type SendOptions } from "./transactions/sendAction.js";
export { simulateAction } from "./transactions/simulateAction.js";
export { Transaction, type WaitOptions } from "./transactions/Transaction.js";
export { TransactionError, type TransactionErrorCode } from "./transactions/TransactionError.js";
