import { GuildhallError } from "../errors/GuildhallError.js";

/** Why something was not signed or a signature is of no use. */
export type SignatureErrorCode = "INVALID_TYPED_DATA" | "SIGNER_MISBEHAVED" | "INVALID_SIGNATURE" | "INVALID_ACCOUNT";

/** Something was not signed, or a signature does not count. */
export class SignatureError extends GuildhallError<SignatureErrorCode> {}
