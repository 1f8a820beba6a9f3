import { describeValue } from "../../core/errors/describeValue.js";
import { DealError } from "../DealError.js";
import type { Payment } from "../payments/Payment.js";
import { endorsementOrder } from "./codecs.js";
import type { DealFile, DealFileBody } from "./DealFile.js";
import { requireAgreement } from "./requireAgreement.js";
import { requirePlace } from "./requirePlace.js";
import { signatureIn } from "./signatureIn.js";

const documents = ["sale", "paidElsewhere", "offer", "rebatePromise", "buyer", "deal"] as const;
const payments = ["salePayment", "bondPayment", "dealPayment"] as const;

function requireSame(path: string, held: unknown, received: unknown): void {
  if (held === undefined || received === undefined || held === received) return;
  if (typeof held === "object" && typeof received === "object" && held !== null && received !== null) {
    const other = received as Readonly<Record<string, unknown>>;
    for (const [key, value] of Object.entries(held)) requireSame(`${path}.${key}`, value, other[key]);
    return;
  }
  throw new DealError({
    code: "DEAL_FILE_CONFLICT",
    args: { path, held, received },
    what: `${path} is ${describeValue(held)} in one file and ${describeValue(received)} in the other.`,
    advice: "They are not files of the same deal: keep them apart, and ask the sender which one is meant.",
  });
}

/** A payment may be signed anew; the one that serves longer stays. */
function laterPayment(a: Payment | undefined, b: Payment | undefined): Payment | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.deadline !== b.deadline) return a.deadline > b.deadline ? a : b;
  return `${a.method}${a.signature}` >= `${b.method}${b.signature}` ? a : b;
}

/** Two signatures of one endorsement say the same in other bytes; one of them is chosen, always the same one. */
function oneSignature(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.length !== b.length) return a.length < b.length ? a : b;
  return a <= b ? a : b;
}

/**
 * Joins two files of the same deal: what either holds, the result holds. The order does not matter, and joining again
 * changes nothing. Files that contradict each other are refused. Verify a stranger's file first ({@link verifyDealFile}).
 *
 * Errors: {@link DealError} DEAL_WRONG_CHAIN, DEAL_WRONG_CONTRACT, DEAL_FILE_CONFLICT, DEAL_TERM_MISMATCH, and those of
 * {@link price}.
 *
 * @example
 * import { createDealFile, mergeDealFiles } from "@guildhall/sdk";
 * const place = { chainId: 1n, contract: "0x00000000000000000000000000000000000000aa" };
 * const file = createDealFile(place, { buyer: "0x00000000000000000000000000000000000000bb" });
 * assert.deepEqual(mergeDealFiles(createDealFile(place), file), file);
 */
export function mergeDealFiles(a: DealFile, b: DealFile): DealFile {
  requirePlace(a, b);
  for (const part of documents) requireSame(`$.body.${part}`, a.body[part], b.body[part]);
  const merged: Record<string, unknown> = {};
  for (const part of documents) merged[part] = a.body[part] ?? b.body[part];
  for (const part of payments) merged[part] = laterPayment(a.body[part], b.body[part]);
  const body = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined)) as DealFileBody;
  requireAgreement(body);
  const signatures = endorsementOrder.flatMap((endorsement) => {
    const signature = oneSignature(signatureIn(a, endorsement), signatureIn(b, endorsement));
    return signature === undefined ? [] : [{ endorsement, signature }];
  });
  return { type: "DealFile", chainId: a.chainId, contract: a.contract, body, signatures };
}
