import { DealError } from "../DealError.js";
import type { EndorsementType } from "../documents/dealTypes.js";
import type { Endorsement } from "../documents/Endorsement.js";
import type { DealFileBody } from "./DealFile.js";

/** Gives a part of a file's body, or refuses because it is not there. */
export function requirePart<Part extends keyof DealFileBody>(
  body: DealFileBody,
  part: Part,
): NonNullable<DealFileBody[Part]> {
  const value = body[part];
  if (value === undefined) {
    throw new DealError({
      code: "DEAL_DOCUMENT_MISSING",
      args: { part },
      what: `The deal file has no ${part}.`,
      advice: "Ask the party that drafts it, and receive its file first.",
    });
  }
  return value;
}

/**
 * The endorsement of a kind, over the documents that a file holds.
 *
 * Errors: {@link DealError} DEAL_DOCUMENT_MISSING.
 */
export function endorsementIn(body: DealFileBody, type: EndorsementType): Endorsement {
  switch (type) {
    case "MerchantSaleEndorsement":
    case "CustomerSaleEndorsement":
      return { type, sale: requirePart(body, "sale"), paidElsewhere: requirePart(body, "paidElsewhere") };
    case "OfferOpening":
    case "MerchantOfferEndorsement":
      return { type, offer: requirePart(body, "offer") };
    case "CustomerOfferEndorsement":
    case "BuyerOfferEndorsement":
    case "CustomerOfferRevocation":
      return { type, offer: requirePart(body, "offer"), buyer: requirePart(body, "buyer") };
    case "MerchantPromiseEndorsement":
      return { type, rebatePromise: requirePart(body, "rebatePromise") };
    case "BuyerPromiseEndorsement":
    case "CustomerPromiseEndorsement":
      return { type, rebatePromise: requirePart(body, "rebatePromise"), buyer: requirePart(body, "buyer") };
    case "CustomerDealEndorsement":
    case "BuyerDealEndorsement":
    case "MerchantDealEndorsement":
      return { type, deal: requirePart(body, "deal") };
  }
}
