import { DealError } from "../DealError.js";
import type { Address, Hex } from "../../core/documents/Hex.js";
import type { DealEvent, DealEventArgs } from "../logs/dealEvents.js";
import type { DealState, Funding } from "../state/states.js";

/** Money that the contract holds for somebody, as things stand. */
export type Claim = {
  /**
   * `sale`: a refundable price in escrow. `price`: a lodged deal's price. `rebate`: held back from a price. `reserved`: a
   * rebate reserved in a bond. `bond`: what of a bond is left.
   */
  readonly kind: "sale" | "price" | "rebate" | "reserved" | "bond";
  /** Of the sale, the referral or the offer. */
  readonly id: Hex;
  readonly token: Address;
  /** Base units. */
  readonly amount: bigint;
  /** Who has it if nothing more happens than the passing of time. */
  readonly receiver: Address;
  /** Unix seconds from which it can be paid out. */
  readonly from: number;
  /** The call that pays it out. */
  readonly call: "releaseSale" | "refundLodged" | "payRebate" | "payBondedRebate" | "reclaimBond";
};

type SaleEntry = { readonly args: DealEventArgs<"SaleRecorded"> };
type Bond = { readonly args: DealEventArgs<"OfferOpened">; uses: number };
type Referral = {
  state: DealState;
  funding: Funding;
  promised: boolean;
  closed: boolean;
  offerId: Hex;
  merchant: Address;
  customer: Address;
  buyer: Address;
  token: Address | undefined;
  amount: bigint;
  rebate: bigint;
  rebateMoment: number;
};

type Ledger = {
  readonly escrows: Map<Hex, SaleEntry>;
  readonly bonds: Map<Hex, Bond>;
  readonly referrals: Map<Hex, Referral>;
  readonly over: Set<Hex>;
};

function enter(
  { referrals, bonds }: Ledger,
  args: Pick<Referral, "offerId" | "merchant" | "customer" | "buyer" | "rebate" | "rebateMoment" | "funding"> & {
    readonly referralId: Hex;
  },
  change: Partial<Referral>,
): void {
  const known = referrals.get(args.referralId);
  const { referralId, ...terms } = args;
  const reserved = known?.funding === "BOND";
  const bond = bonds.get(args.offerId);
  if (args.funding === "BOND" && !reserved) spend(bond, args.offerId, 1);
  referrals.set(referralId, {
    state: "NONE",
    promised: false,
    closed: false,
    amount: 0n,
    token: bond?.args.token,
    ...known,
    ...terms,
    ...change,
  });
}

function update(ledger: Ledger, referralId: Hex, change: Partial<Referral>): void {
  const known = ledger.referrals.get(referralId);
  if (known === undefined) throw incomplete("referral", referralId);
  ledger.referrals.set(referralId, { ...known, ...change });
}

function spend(bond: Bond | undefined, offerId: Hex, uses: number): void {
  if (bond === undefined || bond.uses < uses) throw incomplete("offer", offerId);
  bond.uses -= uses;
}

/** An event speaks of what no event before it began. */
function incomplete(what: string, id: Hex): DealError {
  return new DealError({
    code: "DEAL_EVENTS_INCOMPLETE",
    args: { what, id },
    what: `The events tell how the ${what} ${id} goes on, and not how it began.`,
    advice: "Read all events again, from the deployment's first block on; use another node if it happens again.",
  });
}

function apply(ledger: Ledger, event: DealEvent): void {
  switch (event.name) {
    case "SaleRecorded":
      if (event.args.state === "ESCROWED") ledger.escrows.set(event.args.saleId, { args: event.args });
      return;
    case "SaleRefunded":
    case "SaleReleased":
      if (!ledger.escrows.delete(event.args.saleId)) throw incomplete("sale", event.args.saleId);
      return;
    case "OfferOpened":
      ledger.bonds.set(event.args.offerId, { args: event.args, uses: event.args.uses });
      return;
    case "BondReclaimed":
      spend(ledger.bonds.get(event.args.offerId), event.args.offerId, event.args.uses);
      return;
    case "OfferCancelled":
      ledger.over.add(event.args.offerId);
      return;
    case "CounterIncreased":
      return;
    case "DealLodged":
      enter(ledger, event.args, { state: "LODGED", amount: event.args.amount, token: event.args.token });
      return;
    case "DealSettled":
      enter(ledger, event.args, { state: "SETTLED", amount: event.args.amount, token: event.args.token });
      return;
    case "DealDefaulted":
      update(ledger, event.args.referralId, { state: "DEFAULTED" });
      return;
    case "PromiseLodged":
      enter(ledger, event.args, { promised: true });
      return;
    case "RebatePaid":
    case "RebateReturned":
      update(ledger, event.args.referralId, { closed: true });
      return;
  }
}

/**
 * What the contract owes to whom and from when on, reconstructed from its events alone. Pure.
 *
 * Errors: {@link DealError} DEAL_EVENTS_INCOMPLETE where an event is about something that no event before it began. An event
 * that is missing without such a trace cannot be missed.
 *
 * @param events All events from the deployment on, in the order of the chain
 *
 * @example
 * import { reckonClaims } from "@guildhall/sdk";
 * assert.deepEqual(reckonClaims([]), []);
 */
export function reckonClaims(events: readonly DealEvent[]): readonly Claim[] {
  const ledger: Ledger = { escrows: new Map(), bonds: new Map(), referrals: new Map(), over: new Set() };
  for (const event of events) apply(ledger, event);

  const claims: Claim[] = [];
  for (const [id, { args }] of ledger.escrows) {
    const { token, amount, merchant, refundableUntil } = args;
    claims.push({ kind: "sale", id, token, amount, receiver: merchant, from: refundableUntil, call: "releaseSale" });
  }
  for (const [id, { args, uses }] of ledger.bonds) {
    if (uses <= 0) continue;
    const from = ledger.over.has(id) ? 0 : args.rebateMoment;
    const amount = args.rebate * BigInt(uses);
    claims.push({ kind: "bond", id, token: args.token, amount, receiver: args.merchant, from, call: "reclaimBond" });
  }
  for (const [id, referral] of ledger.referrals) {
    const { state, funding, promised, closed, token, merchant, customer, buyer, rebateMoment: from } = referral;
    if (token === undefined) continue; // a promise without a deal and without a bond: nothing is held for it
    if (state === "LODGED" && referral.amount > 0n) {
      claims.push({ kind: "price", id, token, amount: referral.amount, receiver: buyer, from, call: "refundLodged" });
    }
    if (closed || funding === "NONE") continue;
    const amount = referral.rebate;
    if (funding === "HELD") {
      const receiver = promised ? customer : merchant;
      claims.push({ kind: "rebate", id, token, amount, receiver, from, call: "payRebate" });
    } else {
      const receiver = promised || state === "LODGED" || state === "DEFAULTED" ? customer : merchant;
      claims.push({ kind: "reserved", id, token, amount, receiver, from, call: "payBondedRebate" });
    }
  }
  return claims;
}
