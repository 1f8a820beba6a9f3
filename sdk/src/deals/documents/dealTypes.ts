import type { TypedData } from "../../core/signatures/TypedData.js";

type Fields = TypedData["types"][string];

const sale = [
  { name: "merchant", type: "address" },
  { name: "customer", type: "address" },
  { name: "token", type: "address" },
  { name: "amount", type: "uint128" },
  { name: "itemHash", type: "bytes32" },
  { name: "refundableUntil", type: "uint40" },
  { name: "salt", type: "bytes32" },
] as const satisfies Fields;

const offer = [
  { name: "saleId", type: "bytes32" },
  { name: "merchant", type: "address" },
  { name: "customer", type: "address" },
  { name: "token", type: "address" },
  { name: "saleAmount", type: "uint128" },
  { name: "policy", type: "uint8" },
  { name: "discount", type: "uint128" },
  { name: "free", type: "bool" },
  { name: "rebateMoment", type: "uint40" },
  { name: "rebate", type: "uint128" },
  { name: "rebateRule", type: "uint8" },
  { name: "maxUses", type: "uint32" },
  { name: "counter", type: "uint32" },
  { name: "salt", type: "bytes32" },
] as const satisfies Fields;

const rebatePromise = [
  { name: "offerId", type: "bytes32" },
  { name: "merchant", type: "address" },
  { name: "customer", type: "address" },
  { name: "rebate", type: "uint128" },
  { name: "rebateMoment", type: "uint40" },
] as const satisfies Fields;

const deal = [
  { name: "offerId", type: "bytes32" },
  { name: "merchant", type: "address" },
  { name: "customer", type: "address" },
  { name: "buyer", type: "address" },
  { name: "token", type: "address" },
  { name: "amount", type: "uint128" },
  { name: "rebate", type: "uint128" },
  { name: "rebateMoment", type: "uint40" },
  { name: "itemHash", type: "bytes32" },
  { name: "salt", type: "bytes32" },
] as const satisfies Fields;

const previous = { name: "previous", type: "bytes32" } as const;
const buyer = { name: "buyer", type: "address" } as const;

const ofSale = [
  { name: "sale", type: "Sale" },
  { name: "paidElsewhere", type: "bool" },
] as const satisfies Fields;
const ofOffer = { name: "offer", type: "Offer" } as const;
const ofPromise = { name: "rebatePromise", type: "RebatePromise" } as const;
const ofDeal = { name: "deal", type: "ReferredSale" } as const;

/** The EIP-712 structs of the documents. A document's id is its struct hash. */
export const documentTypes = {
  Sale: { Sale: sale },
  Offer: { Offer: offer },
  RebatePromise: { RebatePromise: rebatePromise },
  ReferredSale: { ReferredSale: deal },
  Referral: {
    Referral: [
      { name: "offerId", type: "bytes32" },
      { name: "merchant", type: "address" },
      { name: "customer", type: "address" },
      { name: "buyer", type: "address" },
      { name: "rebate", type: "uint128" },
      { name: "rebateMoment", type: "uint40" },
    ],
  },
} as const satisfies Readonly<Record<string, TypedData["types"]>>;

/**
 * The EIP-712 structs of the endorsements: what the parties sign. Each nests its document, so that a wallet shows the
 * fields, and names the digest of the endorsement before it. `CustomerOfferRevocation` is the only one that no contract
 * reads: it travels between customer and buyer.
 */
export const endorsementTypes = {
  MerchantSaleEndorsement: { MerchantSaleEndorsement: ofSale, Sale: sale },
  CustomerSaleEndorsement: { CustomerSaleEndorsement: ofSale, Sale: sale },
  OfferOpening: { OfferOpening: [ofOffer], Offer: offer },
  MerchantOfferEndorsement: { MerchantOfferEndorsement: [ofOffer], Offer: offer },
  CustomerOfferEndorsement: { CustomerOfferEndorsement: [ofOffer, buyer, previous], Offer: offer },
  BuyerOfferEndorsement: { BuyerOfferEndorsement: [ofOffer, buyer, previous], Offer: offer },
  CustomerOfferRevocation: { CustomerOfferRevocation: [ofOffer, buyer, previous], Offer: offer },
  MerchantPromiseEndorsement: { MerchantPromiseEndorsement: [ofPromise], RebatePromise: rebatePromise },
  BuyerPromiseEndorsement: { BuyerPromiseEndorsement: [ofPromise, buyer, previous], RebatePromise: rebatePromise },
  CustomerPromiseEndorsement: {
    CustomerPromiseEndorsement: [ofPromise, buyer, previous],
    RebatePromise: rebatePromise,
  },
  CustomerDealEndorsement: { CustomerDealEndorsement: [ofDeal], ReferredSale: deal },
  BuyerDealEndorsement: { BuyerDealEndorsement: [ofDeal, previous], ReferredSale: deal },
  MerchantDealEndorsement: { MerchantDealEndorsement: [ofDeal, previous], ReferredSale: deal },
} as const satisfies Readonly<Record<string, TypedData["types"]>>;

/** The names of the endorsements. */
export type EndorsementType = keyof typeof endorsementTypes;
