/** The documents of deals as the contract takes them, its enums, and the amounts that its tests start from. */

export type Sale = {
  readonly merchant: string;
  readonly customer: string;
  readonly token: string;
  readonly amount: bigint;
  readonly itemHash: string;
  readonly refundableUntil: bigint;
  readonly salt: string;
};

export type Offer = {
  readonly saleId: string;
  readonly merchant: string;
  readonly customer: string;
  readonly token: string;
  readonly saleAmount: bigint;
  readonly policy: bigint;
  readonly discount: bigint;
  readonly free: boolean;
  readonly rebateMoment: bigint;
  readonly rebate: bigint;
  readonly rebateRule: bigint;
  readonly maxUses: bigint;
  readonly counter: bigint;
  readonly salt: string;
};

export type RebatePromise = {
  readonly offerId: string;
  readonly merchant: string;
  readonly customer: string;
  readonly rebate: bigint;
  readonly rebateMoment: bigint;
};

export type ReferredSale = {
  readonly offerId: string;
  readonly merchant: string;
  readonly customer: string;
  readonly buyer: string;
  readonly token: string;
  readonly amount: bigint;
  readonly rebate: bigint;
  readonly rebateMoment: bigint;
  readonly itemHash: string;
  readonly salt: string;
};

export type CompleteOffer = {
  readonly offer: Offer;
  readonly merchantSignature: string;
  readonly customerSignature: string;
  readonly buyerSignature: string;
};

export type Payment = { readonly method: bigint; readonly deadline: bigint; readonly signature: string };

// The enums of IReferralDeals and Payments.
export const FIXED_PRICE = 0n;
export const PERCENT_OFF = 1n;
export const AMOUNT_OFF = 2n;
export const DEAL_REQUIRED = 0n;
export const PROMOTION_ONLY = 1n;
export const SaleState = { NONE: 0n, RECORDED: 1n, ESCROWED: 2n, REFUNDED: 3n } as const;
export const DealState = { NONE: 0n, LODGED: 1n, SETTLED: 2n, DEFAULTED: 3n } as const;
export const Funding = { NONE: 0n, HELD: 1n, BOND: 2n } as const;
export const Method = { ALLOWANCE: 0n, PERMIT: 1n, AUTHORIZATION: 2n, PERMIT2: 3n } as const;

export const PERMIT2_ADDRESS = "0x000000000022D473030F116dDEE9F6B43aC78BA3";
export const BY_ALLOWANCE = { method: Method.ALLOWANCE, deadline: 0n, signature: "0x" };
export const NO_SIGNATURE = "0x";

/** The base sale's amount, and what follows from it under the offer that the tests start from. */
export const Q1 = 1_000_000_007n;
export const DISCOUNT = 1_500n; // basis points
export const Q2 = Q1 - (Q1 * DISCOUNT) / 10_000n;
export const R = 50_000_000n;
export const FUNDS = 10n ** 24n;
export const DAY = 86_400n;
