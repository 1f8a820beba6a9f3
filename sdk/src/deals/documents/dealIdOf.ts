import { hashDocument } from "./hashDocument.js";
import type { Hex } from "../../core/documents/Hex.js";
import type { ReferredSale } from "./ReferredSale.js";

/**
 * The id of a referred sale: its struct hash, the same on every chain.
 *
 * Errors: {@link SignatureError} INVALID_TYPED_DATA.
 *
 * @example
 * import { dealIdOf, offerIdOf, price } from "@guildhall/sdk";
 * const id = dealIdOf({
 *   offerId: offerIdOf(offer),
 *   merchant: offer.merchant,
 *   customer: offer.customer,
 *   rebate: offer.rebate,
 *   rebateMoment: offer.rebateMoment,
 *   buyer: parties.buyer.address,
 *   token: offer.token,
 *   amount: price(offer),
 *   itemHash: sale.itemHash,
 *   salt: sale.salt,
 * });
 * assert.match(id, /^0x[0-9a-f]{64}$/);
 */
export function dealIdOf(document: ReferredSale): Hex {
  return hashDocument("ReferredSale", document);
}
