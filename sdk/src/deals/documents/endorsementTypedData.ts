import { hashTyped } from "../../core/signatures/hashTyped.js";
import type { TypedData } from "../../core/signatures/TypedData.js";
import { type DealsPlace, dealsDomain } from "./dealsDomain.js";
import { endorsementTypes } from "./dealTypes.js";
import type { Endorsement } from "./Endorsement.js";
import type { Hex } from "../../core/documents/Hex.js";
import { offerToMessage } from "./offerToMessage.js";

function digestOf(place: DealsPlace, endorsement: Endorsement): Hex {
  return hashTyped(endorsementTypedData(place, endorsement));
}

/** The struct that is signed, with the digest of the endorsement before it where there is one. */
function messageOf(place: DealsPlace, endorsement: Endorsement): TypedData["message"] {
  switch (endorsement.type) {
    case "MerchantSaleEndorsement":
    case "CustomerSaleEndorsement":
      return { sale: endorsement.sale, paidElsewhere: endorsement.paidElsewhere };
    case "OfferOpening":
    case "MerchantOfferEndorsement":
      return { offer: offerToMessage(endorsement.offer) };
    case "CustomerOfferEndorsement": {
      const { offer, buyer } = endorsement;
      const previous = digestOf(place, { type: "MerchantOfferEndorsement", offer });
      return { offer: offerToMessage(offer), buyer, previous };
    }
    case "BuyerOfferEndorsement":
    case "CustomerOfferRevocation": {
      const { offer, buyer } = endorsement;
      const previous = digestOf(place, { type: "CustomerOfferEndorsement", offer, buyer });
      return { offer: offerToMessage(offer), buyer, previous };
    }
    case "MerchantPromiseEndorsement":
      return { rebatePromise: endorsement.rebatePromise };
    case "BuyerPromiseEndorsement": {
      const { rebatePromise, buyer } = endorsement;
      return { rebatePromise, buyer, previous: digestOf(place, { type: "MerchantPromiseEndorsement", rebatePromise }) };
    }
    case "CustomerPromiseEndorsement": {
      const { rebatePromise, buyer } = endorsement;
      const previous = digestOf(place, { type: "BuyerPromiseEndorsement", rebatePromise, buyer });
      return { rebatePromise, buyer, previous };
    }
    case "CustomerDealEndorsement":
      return { deal: endorsement.deal };
    case "BuyerDealEndorsement": {
      const { deal } = endorsement;
      return { deal, previous: digestOf(place, { type: "CustomerDealEndorsement", deal }) };
    }
    case "MerchantDealEndorsement": {
      const { deal } = endorsement;
      return { deal, previous: digestOf(place, { type: "BuyerDealEndorsement", deal }) };
    }
  }
}

/**
 * The EIP-712 typed data of an endorsement: what a wallet shows and signs.
 *
 * Errors: {@link SignatureError} INVALID_TYPED_DATA.
 *
 * @example
 * import { endorsementTypedData } from "@guildhall/sdk";
 * const place = { chainId: 1n, contract: "0x00000000000000000000000000000000000000AA" };
 * const data = endorsementTypedData(place, {
 *   type: "MerchantPromiseEndorsement",
 *   rebatePromise: {
 *     offerId: `0x${"11".repeat(32)}`,
 *     merchant: `0x${"22".repeat(20)}`,
 *     customer: `0x${"33".repeat(20)}`,
 *     rebate: 5n,
 *     rebateMoment: 1_900_000_000,
 *   },
 * });
 * assert.equal(data.primaryType, "MerchantPromiseEndorsement");
 */
export function endorsementTypedData(place: DealsPlace, endorsement: Endorsement): TypedData {
  return {
    domain: dealsDomain(place),
    types: endorsementTypes[endorsement.type],
    primaryType: endorsement.type,
    message: messageOf(place, endorsement),
  };
}
