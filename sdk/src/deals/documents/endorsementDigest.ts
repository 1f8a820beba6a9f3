import { hashTyped } from "../../core/signatures/hashTyped.js";
import type { DealsPlace } from "./dealsDomain.js";
import type { Endorsement } from "./Endorsement.js";
import { endorsementTypedData } from "./endorsementTypedData.js";
import type { Hex } from "../../core/documents/Hex.js";

/**
 * The digest that a party signs, and that the next endorsement names as `previous`.
 *
 * Errors: {@link SignatureError} INVALID_TYPED_DATA.
 *
 * @example
 * import { endorsementDigest } from "@guildhall/sdk";
 * const place = { chainId: 31337n, contract };
 * const here = endorsementDigest(place, { type: "MerchantOfferEndorsement", offer });
 * const elsewhere = endorsementDigest({ ...place, chainId: 1n }, { type: "MerchantOfferEndorsement", offer });
 * assert.notEqual(here, elsewhere);
 */
export function endorsementDigest(place: DealsPlace, endorsement: Endorsement): Hex {
  return hashTyped(endorsementTypedData(place, endorsement));
}
