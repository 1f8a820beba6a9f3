import { coins } from "../coins.js";
import type { DealPlan } from "./DealPlan.js";

/** The deals that the demo plays, all of the same merchant, and how each of them is to go. */
export const dealPlans: readonly DealPlan[] = [
  {
    story: "happy",
    title: "All three sign, the deal settles, the rebate is paid",
    order: "2026-1041",
    accountOnFile: "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
    customer: "customer-1",
    buyer: "buyer-1",
    paidElsewhere: false,
    offer: { policy: "PERCENT_OFF", discount: 1_000n, rebate: coins("5.00") },
    merchant: "settles",
    customerLodges: true,
    payer: "buyer",
  },
  {
    story: "silent",
    title: "The merchant says nothing: the buyer is refunded, the rebate comes from the bond",
    order: "2026-1042",
    accountOnFile: "0x90F79bf6EB2c4f870365E785982E1f101E93b906",
    customer: "customer-2",
    buyer: "buyer-2",
    paidElsewhere: true,
    // More than the price, so that the offer needs a bond.
    offer: { policy: "FIXED_PRICE", discount: coins("40.00"), rebate: coins("60.00") },
    merchant: "silent",
    customerLodges: true,
    payer: "customer",
  },
  {
    story: "late",
    title: "The customer lodges its promise too late: the rebate returns to the merchant",
    order: "2026-1043",
    accountOnFile: "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65",
    customer: "customer-3",
    buyer: "buyer-3",
    paidElsewhere: true,
    offer: { policy: "AMOUNT_OFF", discount: coins("100.00"), rebate: coins("30.00") },
    merchant: "settles",
    customerLodges: false,
    payer: "merchant",
  },
  {
    story: "cancelled",
    title: "The merchant cancels its offer: nothing moves",
    order: "2026-1045",
    accountOnFile: "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc",
    customer: "customer-4",
    buyer: "buyer-4",
    paidElsewhere: true,
    offer: { policy: "PERCENT_OFF", discount: 2_500n, rebate: coins("20.00") },
    merchant: "cancels",
    customerLodges: false,
  },
];

/** The merchant of all of them. */
export const MERCHANT = "merchant";

/** The plan in which a customer or a buyer plays. */
export function planOf(name: string): DealPlan | undefined {
  return dealPlans.find(({ customer, buyer }) => customer === name || buyer === name);
}
