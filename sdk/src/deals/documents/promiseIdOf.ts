import { hashDocument } from "./hashDocument.js";
import type { Hex } from "../../core/documents/Hex.js";
import type { RebatePromise } from "./RebatePromise.js";

/**
 * The id of a rebate promise: its struct hash, the same on every chain.
 *
 * Errors: {@link SignatureError} INVALID_TYPED_DATA.
 *
 * @example
 * import { offerIdOf, promiseIdOf } from "@guildhall/sdk";
 * const id = promiseIdOf({
 *   offerId: offerIdOf(offer),
 *   merchant: offer.merchant,
 *   customer: offer.customer,
 *   rebate: offer.rebate,
 *   rebateMoment: offer.rebateMoment,
 * });
 * assert.match(id, /^0x[0-9a-f]{64}$/);
 */
export function promiseIdOf(document: RebatePromise): Hex {
  return hashDocument("RebatePromise", document);
}
