import type { DocumentCodec, GuildhallDocument, SignatureClaim } from "../../core/documents/DocumentCodec.js";
import { address, boolean, bytes, choice, object, optional, type Schema } from "../../core/documents/schema/index.js";
import { type EndorsementType, endorsementTypes } from "../documents/dealTypes.js";
import { endorsementDigest } from "../documents/endorsementDigest.js";
import { endorserOf, endorserRoles } from "../documents/endorserOf.js";
import type { Address } from "../../core/documents/Hex.js";
import type { Offer } from "../documents/Offer.js";
import type { RebatePromise } from "../documents/RebatePromise.js";
import type { ReferredSale } from "../documents/ReferredSale.js";
import type { Sale } from "../documents/Sale.js";
import { offerSchema, rebatePromiseSchema, referredSaleSchema, saleSchema } from "../documents/schemas.js";
import { MAX_SIGNATURE_BYTES, paymentSchema } from "../payments/Payment.js";
import type { DealFileBody, DealSignature } from "./DealFile.js";
import { endorsementIn } from "./endorsementIn.js";

/** All endorsements, in the order in which a file lists their signatures. */
export const endorsementOrder = Object.keys(endorsementTypes) as readonly EndorsementType[];

function codec<Type extends string, Body extends DealFileBody>(
  type: Type,
  body: Schema<Body>,
  endorsements: readonly EndorsementType[],
): DocumentCodec<Type, Body, DealSignature> {
  return {
    type,
    body,
    entry: object({
      endorsement: choice(endorsements),
      signature: bytes({ min: 1, max: MAX_SIGNATURE_BYTES }),
    }),
    maxSignatures: endorsements.length,
    claims: (document) => claimsOf(document),
  };
}

function claimsOf(document: GuildhallDocument<string, DealFileBody, DealSignature>): readonly SignatureClaim[] {
  return document.signatures.map(({ endorsement: type, signature }) => {
    const endorsement = endorsementIn(document.body, type);
    return {
      role: endorserRoles[type],
      account: endorserOf(endorsement),
      digest: endorsementDigest(document, endorsement),
      signature,
    };
  });
}

/** A sale with the signatures of both parties. */
export const saleCodec = codec<"Sale", { readonly sale: Sale; readonly paidElsewhere: boolean }>(
  "Sale",
  object({ sale: saleSchema, paidElsewhere: boolean() }),
  ["MerchantSaleEndorsement", "CustomerSaleEndorsement"],
);

/** An offer with the signatures of merchant, customer and buyer. */
export const offerCodec = codec<"Offer", { readonly offer: Offer; readonly buyer?: Address }>(
  "Offer",
  object({ offer: offerSchema, buyer: optional(address()) }),
  [
    "OfferOpening",
    "MerchantOfferEndorsement",
    "CustomerOfferEndorsement",
    "BuyerOfferEndorsement",
    "CustomerOfferRevocation",
  ],
);

/** A rebate promise with the signatures of merchant, buyer and customer. */
export const rebatePromiseCodec = codec<
  "RebatePromise",
  { readonly rebatePromise: RebatePromise; readonly buyer?: Address }
>("RebatePromise", object({ rebatePromise: rebatePromiseSchema, buyer: optional(address()) }), [
  "MerchantPromiseEndorsement",
  "BuyerPromiseEndorsement",
  "CustomerPromiseEndorsement",
]);

/** A referred sale with the signatures of customer, buyer and merchant. */
export const referredSaleCodec = codec<"ReferredSale", { readonly deal: ReferredSale }>(
  "ReferredSale",
  object({ deal: referredSaleSchema }),
  ["CustomerDealEndorsement", "BuyerDealEndorsement", "MerchantDealEndorsement"],
);

/** Everything of one referral in one document. */
export const dealFileCodec = codec<"DealFile", DealFileBody>(
  "DealFile",
  object({
    sale: optional(saleSchema),
    paidElsewhere: optional(boolean()),
    offer: optional(offerSchema),
    rebatePromise: optional(rebatePromiseSchema),
    buyer: optional(address()),
    deal: optional(referredSaleSchema),
    salePayment: optional(paymentSchema),
    bondPayment: optional(paymentSchema),
    dealPayment: optional(paymentSchema),
  }),
  endorsementOrder,
);

/** The kinds of documents that {@link decodeDealFile} reads. */
export const dealCodecs = [dealFileCodec, saleCodec, offerCodec, rebatePromiseCodec, referredSaleCodec] as const;
