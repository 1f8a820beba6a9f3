import { hashDocument } from "./hashDocument.js";
import type { Hex } from "./Hex.js";
import type { RebatePromise } from "./RebatePromise.js";

/** The id of a rebate promise: its struct hash, the same on every chain. Errors: {@link SignatureError} INVALID_TYPED_DATA. */
export function promiseIdOf(document: RebatePromise): Hex {
  return hashDocument("RebatePromise", document);
}
