/** The states of a sale, in the contract's order. */
export const saleStates = ["NONE", "RECORDED", "ESCROWED", "REFUNDED"] as const;

/** What became of a sale. */
export type SaleState = (typeof saleStates)[number];

/** The states of a referred sale, in the contract's order. */
export const dealStates = ["NONE", "LODGED", "SETTLED", "DEFAULTED"] as const;

/** What became of a referred sale. */
export type DealState = (typeof dealStates)[number];

/** The places of a rebate, in the contract's order. */
export const fundings = ["NONE", "HELD", "BOND"] as const;

/** Where a referral's rebate is: nowhere, held back from the price, or reserved in the offer's bond. */
export type Funding = (typeof fundings)[number];

/** An offer as the chain knows it. */
export type OfferStatus = {
  /** Uses taken on the evidence of the complete offer. */
  readonly uses: number;
  /** Uses whose rebate is still locked and not reserved. */
  readonly bonded: number;
  readonly opened: boolean;
  /** By id; the merchant's counter cancels too. */
  readonly cancelled: boolean;
};

/** One use of an offer by one buyer, as the chain knows it. */
export type ReferralStatus = {
  readonly state: DealState;
  /** The rebate promise was lodged in time. */
  readonly promised: boolean;
  readonly funding: Funding;
  /** The rebate was paid or returned. */
  readonly closed: boolean;
};
