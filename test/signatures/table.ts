import { CERTIFICATE_SLOTS } from "./certificates.js";
import { COMMITTEE_SLOTS } from "./committees.js";
import { DEAL_ROWS, dealSlot, revocationExample } from "./deals.js";
import { PAYMENT_SLOTS } from "./payments.js";
import { REWARD_SLOTS } from "./rewards.js";
import type { Slot, Typed } from "./Slot.js";

/** Every signature that an entry point takes. The rows of a new type make it join each test of this folder. */
export const SLOTS: readonly Slot[] = [
  ...DEAL_ROWS.map(dealSlot),
  ...COMMITTEE_SLOTS,
  ...PAYMENT_SLOTS,
  ...REWARD_SLOTS,
  ...CERTIFICATE_SLOTS,
];

/** What is signed and never brought to a contract. */
const ELSEWHERE: readonly (() => Promise<Typed>)[] = [revocationExample];

/** Structs that are hashed for an id, or nested in what is signed, and that nobody signs themselves. */
export const UNSIGNED = [
  "Application",
  "Certificate",
  "Committee",
  "Holding",
  "Issuer",
  "Offer",
  "Pool",
  "RebatePromise",
  "Record",
  "ReferredSale",
  "Referral",
  "Sale",
  "UserAccount",
] as const;

/** Types of others than the suite: its contracts check no such signature themselves. */
export const FOREIGN = ["Permit", "PermitTransferFrom", "ReceiveWithAuthorization", "Statement"] as const;

/** Types of ours that no contract reads. */
export const OFF_CHAIN = ["CustomerOfferRevocation"] as const;

let made: Promise<readonly Typed[]> | undefined;

/** A document of each type, as an honest party would sign it. */
export async function examples(): Promise<readonly Typed[]> {
  made ??= makeExamples();
  return made;
}

async function makeExamples(): Promise<readonly Typed[]> {
  const found = new Map<string, Typed>();
  for (const slot of SLOTS) if (!found.has(slot.type)) found.set(slot.type, (await slot.at("here")).typed);
  for (const make of ELSEWHERE) {
    const typed = await make();
    found.set(typed.primaryType, typed);
  }
  return [...found.values()];
}
