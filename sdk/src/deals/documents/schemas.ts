import {
  address,
  boolean,
  bytes32,
  choice,
  object,
  type Schema,
  uint,
  whole,
} from "../../core/documents/schema/index.js";
import { discountPolicies, type Offer, rebateRules } from "./Offer.js";
import type { RebatePromise } from "./RebatePromise.js";
import type { ReferredSale } from "./ReferredSale.js";
import type { Sale } from "./Sale.js";

/** A sale in JSON. */
export const saleSchema: Schema<Sale> = object({
  merchant: address(),
  customer: address(),
  token: address(),
  amount: uint(128),
  itemHash: bytes32(),
  refundableUntil: whole(40),
  salt: bytes32(),
});

/** An offer in JSON. */
export const offerSchema: Schema<Offer> = object({
  saleId: bytes32(),
  merchant: address(),
  customer: address(),
  token: address(),
  saleAmount: uint(128),
  policy: choice(discountPolicies),
  discount: uint(128),
  free: boolean(),
  rebateMoment: whole(40),
  rebate: uint(128),
  rebateRule: choice(rebateRules),
  maxUses: whole(32),
  counter: whole(32),
  salt: bytes32(),
});

/** A rebate promise in JSON. */
export const rebatePromiseSchema: Schema<RebatePromise> = object({
  offerId: bytes32(),
  merchant: address(),
  customer: address(),
  rebate: uint(128),
  rebateMoment: whole(40),
});

/** A referred sale in JSON. */
export const referredSaleSchema: Schema<ReferredSale> = object({
  offerId: bytes32(),
  merchant: address(),
  customer: address(),
  buyer: address(),
  token: address(),
  amount: uint(128),
  rebate: uint(128),
  rebateMoment: whole(40),
  itemHash: bytes32(),
  salt: bytes32(),
});
