import { DealError } from "../DealError.js";
import type { Hex } from "../../core/documents/Hex.js";
import type { Offer } from "../documents/Offer.js";
import { offerIdOf } from "../documents/offerIdOf.js";
import { price } from "../documents/price.js";
import type { Sale } from "../documents/Sale.js";
import type { DealsReader } from "../reader/DealsReader.js";
import { needsBond } from "../state/needsBond.js";
import type { ReferralStatus } from "../state/states.js";

/** Refuses what no offer may say. Errors: {@link DealError} DEAL_ZERO_REBATE, DEAL_ZERO_USES, and those of {@link price}. */
export function requireSoundOffer(offer: Offer): void {
  if (offer.rebate === 0n) {
    throw new DealError({
      code: "DEAL_ZERO_REBATE",
      args: {},
      what: "The offer's rebate is 0.",
      advice: "Set a rebate above zero.",
    });
  }
  if (offer.maxUses === 0) {
    throw new DealError({
      code: "DEAL_ZERO_USES",
      args: {},
      what: "The offer allows 0 uses.",
      advice: "Allow at least one use.",
    });
  }
  price(offer);
}

/** Refuses a sale of nothing. Errors: {@link DealError} DEAL_ZERO_AMOUNT. */
export function requireSoundSale(sale: Sale): void {
  if (sale.amount > 0n) return;
  throw new DealError({
    code: "DEAL_ZERO_AMOUNT",
    args: {},
    what: "The sale's amount is 0.",
    advice: "Set an amount above zero.",
  });
}

/** Refuses a sale that is on the chain already. Errors: {@link DealError} DEAL_WRONG_STATE. */
export async function requireNewSale(saleId: Hex, reader: DealsReader): Promise<void> {
  const recorded = await reader.saleOf(saleId);
  if (recorded === undefined) return;
  throw new DealError({
    code: "DEAL_WRONG_STATE",
    args: { saleId, expected: "NONE", actual: recorded.state },
    what: `The sale ${saleId} is ${recorded.state} already.`,
    advice: "Nothing is left to sign for it; draft the offer on it.",
  });
}

/**
 * Refuses an offer whose base sale is not on the chain, was refunded, or has other terms.
 *
 * Errors: {@link DealError} DEAL_SALE_NOT_RECORDED, DEAL_SALE_TERMS_DIFFER.
 */
export async function requireBaseSale(offer: Offer, reader: DealsReader): Promise<void> {
  const sale = await reader.saleOf(offer.saleId);
  if (sale === undefined || sale.state === "REFUNDED") {
    throw new DealError({
      code: "DEAL_SALE_NOT_RECORDED",
      args: { saleId: offer.saleId, expected: "RECORDED", actual: sale?.state ?? "NONE" },
      what: `The base sale ${offer.saleId} is ${sale?.state ?? "NONE"} on the chain.`,
      advice: sale === undefined ? "Record it first." : "A refunded sale can be the base of no offer.",
    });
  }
  const terms = [
    ["merchant", sale.merchant, offer.merchant],
    ["customer", sale.customer, offer.customer],
    ["token", sale.token, offer.token],
    ["amount", sale.amount, offer.saleAmount],
  ] as const;
  for (const [term, expected, actual] of terms) {
    if (expected === actual) continue;
    throw new DealError({
      code: "DEAL_SALE_TERMS_DIFFER",
      args: { saleId: offer.saleId, term, expected, actual },
      what: `The recorded sale ${offer.saleId} has ${term} ${expected}, and the offer says ${actual}.`,
      advice: "Draft the offer anew from the sale as it is recorded.",
    });
  }
}

/** Refuses an offer that the merchant cancelled, by id or by its counter. Errors: {@link DealError} DEAL_OFFER_CANCELLED, DEAL_WRONG_COUNTER. */
export async function requireRunning(offer: Offer, reader: DealsReader): Promise<void> {
  const offerId = offerIdOf(offer);
  const [status, counter] = await Promise.all([reader.offerStatusOf(offerId), reader.counterOf(offer.merchant)]);
  if (status.cancelled) {
    throw new DealError({
      code: "DEAL_OFFER_CANCELLED",
      args: { offerId },
      what: `The merchant cancelled the offer ${offerId}.`,
      advice: "Ask the merchant for a new offer.",
    });
  }
  if (offer.counter !== counter) {
    throw new DealError({
      code: "DEAL_WRONG_COUNTER",
      args: { merchant: offer.merchant, expected: counter, actual: offer.counter },
      what: `The offer carries counter ${offer.counter}, and the merchant's is ${counter}.`,
      advice: "The merchant cancelled all its earlier offers: ask for a new one.",
    });
  }
}

/**
 * Refuses where the rebate has no cover: the offer needs a bond, and neither is one left nor was it reserved for this
 * referral.
 *
 * Errors: {@link DealError} DEAL_BOND_REQUIRED, DEAL_REBATE_ABOVE_PRICE.
 */
export async function requireCover(offer: Offer, { funding }: ReferralStatus, reader: DealsReader): Promise<void> {
  if (!needsBond(offer) || funding === "BOND") return;
  const offerId = offerIdOf(offer);
  const { bonded, opened } = await reader.offerStatusOf(offerId);
  if (bonded > 0) return;
  if (offer.rebateRule === "PROMOTION_ONLY") {
    throw new DealError({
      code: "DEAL_BOND_REQUIRED",
      args: { offerId, opened, bonded },
      what: `The offer ${offerId} pays by promotion alone, and its bond covers ${bonded} more uses.`,
      advice: opened ? "Ask the merchant for a new offer." : "The merchant must open the offer with its bond first.",
    });
  }
  const amount = price(offer);
  throw new DealError({
    code: "DEAL_REBATE_ABOVE_PRICE",
    args: { offerId, price: amount, rebate: offer.rebate, opened, bonded },
    what: `The rebate of ${offer.rebate} is more than the price of ${amount}, and the offer's bond covers ${bonded} more uses.`,
    advice: opened ? "Ask the merchant for a new offer." : "The merchant must open the offer with its bond first.",
  });
}

/** Refuses unless an account can pay. Errors: {@link DealError} DEAL_BALANCE_SHORT, DEAL_ALLOWANCE_SHORT. */
export async function requireFunds(
  {
    token,
    account,
    amount,
    allowanceOf,
  }: {
    readonly token: string;
    readonly account: string;
    readonly amount: bigint;
    /** Whom the allowance must be for; undefined where a signature pays. */
    readonly allowanceOf: string | undefined;
  },
  reader: Pick<DealsReader, "fundsOf">,
): Promise<void> {
  if (amount === 0n) return;
  const { balance, allowance } = await reader.fundsOf(token, account);
  if (balance < amount) {
    throw new DealError({
      code: "DEAL_BALANCE_SHORT",
      args: { token, account, balance, required: amount, short: amount - balance },
      what: `${account} holds ${balance} of ${token}, and ${amount} are due: ${amount - balance} short.`,
      advice: "Fund the account first.",
    });
  }
  if (allowanceOf !== undefined && allowance < amount) {
    throw new DealError({
      code: "DEAL_ALLOWANCE_SHORT",
      args: { token, account, spender: allowanceOf, allowance, required: amount, short: amount - allowance },
      what: `${account} allows ${allowanceOf} to take ${allowance} of ${token}, and ${amount} are due: ${amount - allowance} short.`,
      advice: `Approve ${amount} first, or pay by a signed permit or authorization.`,
    });
  }
}
