import type { Address, Hex } from "../../core/documents/Hex.js";

/** The discount policies, in the contract's order. */
export const discountPolicies = ["FIXED_PRICE", "PERCENT_OFF", "AMOUNT_OFF"] as const;

/** How an offer's price follows from the amount of the base sale; see {@link price}. */
export type DiscountPolicy = (typeof discountPolicies)[number];

/** The rebate rules, in the contract's order. */
export const rebateRules = ["DEAL_REQUIRED", "PROMOTION_ONLY"] as const;

/** What a rebate depends on, besides the rebate promise being on chain in time. */
export type RebateRule = (typeof rebateRules)[number];

/** The merchant's offer to whomever the customer brings. */
export type Offer = {
  /** The base sale: a sale's id, or a settled referred sale's. */
  readonly saleId: Hex;
  readonly merchant: Address;
  readonly customer: Address;
  readonly token: Address;
  /** The base sale's amount, in base units. */
  readonly saleAmount: bigint;
  readonly policy: DiscountPolicy;
  /** By policy: a price in base units, basis points, or an amount in base units. */
  readonly discount: bigint;
  /** Whether a price of 0 is meant. */
  readonly free: boolean;
  /** t, in Unix seconds: everything but the payment of the rebate happens before it. */
  readonly rebateMoment: number;
  /** R, in base units, for each use. */
  readonly rebate: bigint;
  readonly rebateRule: RebateRule;
  readonly maxUses: number;
  /** The merchant's counter at signing. */
  readonly counter: number;
  readonly salt: Hex;
};
