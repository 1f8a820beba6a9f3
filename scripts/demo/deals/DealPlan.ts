import type { OfferDraft } from "../../../sdk/src/index.js";

/** How one deal is to go. */
export type DealPlan = {
  readonly story: string;
  readonly title: string;
  /** The number of the order in the shop's export. */
  readonly order: string;
  /** The customer's account in that export. */
  readonly accountOnFile: string;
  readonly customer: string;
  readonly buyer: string;
  /** Whether the customer paid the order outside; else it pays through the contract. */
  readonly paidElsewhere: boolean;
  readonly offer: Pick<OfferDraft, "policy" | "discount" | "rebate">;
  /** What the merchant does when the deal is complete: settles it, says nothing any more, or cancels the offer. */
  readonly merchant: "settles" | "silent" | "cancels";
  /** Whether the customer lodges the rebate promise before the moment. */
  readonly customerLodges: boolean;
  /** Who asks for the rebate once it is due. */
  readonly payer?: "merchant" | "buyer" | "customer";
};
