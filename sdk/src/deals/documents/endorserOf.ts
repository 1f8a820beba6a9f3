import type { EndorsementType } from "./dealTypes.js";
import type { Endorsement } from "./Endorsement.js";
import type { Address } from "../../core/documents/Hex.js";
import type { Role } from "./Role.js";

/** The role that signs each endorsement. */
export const endorserRoles = {
  MerchantSaleEndorsement: "merchant",
  CustomerSaleEndorsement: "customer",
  OfferOpening: "merchant",
  MerchantOfferEndorsement: "merchant",
  CustomerOfferEndorsement: "customer",
  BuyerOfferEndorsement: "buyer",
  CustomerOfferRevocation: "customer",
  MerchantPromiseEndorsement: "merchant",
  BuyerPromiseEndorsement: "buyer",
  CustomerPromiseEndorsement: "customer",
  CustomerDealEndorsement: "customer",
  BuyerDealEndorsement: "buyer",
  MerchantDealEndorsement: "merchant",
} as const satisfies Readonly<Record<EndorsementType, Role>>;

/**
 * The account that signs an endorsement.
 *
 * @example
 * import { endorserOf } from "@guildhall/sdk";
 * assert.equal(endorserOf({ type: "MerchantOfferEndorsement", offer }), offer.merchant);
 * assert.equal(endorserOf({ type: "CustomerSaleEndorsement", sale, paidElsewhere: true }), sale.customer);
 */
export function endorserOf(endorsement: Endorsement): Address {
  const role: Role = endorserRoles[endorsement.type];
  if ("sale" in endorsement) return role === "merchant" ? endorsement.sale.merchant : endorsement.sale.customer;
  if ("deal" in endorsement) return endorsement.deal[role];
  if (role === "buyer" && "buyer" in endorsement) return endorsement.buyer;
  const document = "offer" in endorsement ? endorsement.offer : endorsement.rebatePromise;
  return role === "merchant" ? document.merchant : document.customer;
}
