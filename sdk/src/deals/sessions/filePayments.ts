import { hashTyped } from "../../core/signatures/hashTyped.js";
import { DealError } from "../DealError.js";
import { dealIdOf } from "../documents/dealIdOf.js";
import { offerIdOf } from "../documents/offerIdOf.js";
import { saleIdOf } from "../documents/saleIdOf.js";
import type { DealFile } from "../file/DealFile.js";
import type { Payment } from "../payments/Payment.js";
import { type PaymentDue, paymentTypedData } from "../payments/paymentTypedData.js";
import type { DealsReader } from "../reader/DealsReader.js";

/** The payments that a file may carry. */
export const paymentParts = ["salePayment", "bondPayment", "dealPayment"] as const;

/** A payment that a file may carry. */
export type PaymentPart = (typeof paymentParts)[number];

/** What a payment of a file is for; undefined where its document is missing. */
async function dueFor(part: PaymentPart, { body }: DealFile, reader: DealsReader): Promise<PaymentDue | undefined> {
  const { sale, offer, deal } = body;
  switch (part) {
    case "salePayment":
      return sale && { token: sale.token, account: sale.customer, amount: sale.amount, documentId: saleIdOf(sale) };
    case "dealPayment":
      return deal && { token: deal.token, account: deal.buyer, amount: deal.amount, documentId: dealIdOf(deal) };
    case "bondPayment": {
      if (offer === undefined) return undefined;
      const documentId = offerIdOf(offer);
      const { uses } = await reader.offerStatusOf(documentId);
      const amount = offer.rebate * BigInt(Math.max(0, offer.maxUses - uses));
      return { token: offer.token, account: offer.merchant, amount, documentId };
    }
  }
}

/** Whether a payment would be taken, as far as its signature goes. */
async function serves(payment: Payment, due: PaymentDue, reader: DealsReader): Promise<boolean> {
  const { method, deadline, signature } = payment;
  if (method === "ALLOWANCE" || due.amount === 0n) return true;
  const { allowance } = await reader.fundsOf(due.token, due.account);
  // A permit that somebody submitted already has left its allowance, and its nonce is gone.
  if (method === "PERMIT" && allowance >= due.amount) return true;
  const facts = method === "PERMIT2" ? { domain: {} } : await reader.tokenFactsOf(due.token, due.account);
  const digest = hashTyped(paymentTypedData(reader, due, { method, deadline }, facts));
  return (await reader.verify({ account: due.account, digest, signature })).valid;
}

function samePayment(a: Payment, b: Payment): boolean {
  return a.method === b.method && a.deadline === b.deadline && a.signature === b.signature;
}

/**
 * Of two payments that differ, takes the one that came in only if it is signed for what is due: whoever passes a file on
 * can then not spoil a payment that is in it.
 */
export async function keepGoodPayments(held: DealFile, merged: DealFile, received: DealFile, reader: DealsReader) {
  let body = merged.body;
  for (const part of paymentParts) {
    const [mine, theirs] = [held.body[part], received.body[part]];
    if (mine === undefined || theirs === undefined || samePayment(mine, theirs)) continue;
    const due = await dueFor(part, merged, reader);
    const better = due !== undefined && (await serves(theirs, due, reader));
    body = { ...body, [part]: better ? theirs : mine };
  }
  return { ...merged, body };
}

/** Refuses a payment that is not signed for what is due. Errors: {@link DealError} DEAL_SIGNATURE_INVALID. */
export async function requirePayment(part: PaymentPart, file: DealFile, reader: DealsReader): Promise<void> {
  const payment = file.body[part];
  const due = await dueFor(part, file, reader);
  if (payment === undefined || due === undefined || (await serves(payment, due, reader))) return;
  throw new DealError({
    code: "DEAL_SIGNATURE_INVALID",
    args: { part, account: due.account, method: payment.method, amount: due.amount },
    what: `The ${payment.method} payment in the file is not signed by ${due.account} for ${due.amount} of ${due.token}.`,
    advice: "Ask that account to sign the payment again: a permit serves only while the token's nonce is what it was.",
  });
}
