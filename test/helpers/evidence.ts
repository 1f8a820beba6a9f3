import { id, zeroPadValue, toBeHex } from "ethers";

import type { Offer, ReferredSale, World } from "./deals.js";
import {
  AMOUNT_OFF,
  dealOf,
  FIXED_PRICE,
  idOf,
  offerDigests,
  offerOf,
  PERCENT_OFF,
  PROMOTION_ONLY,
  Q1,
  Q2,
  R,
  SaleState,
  term,
} from "./deals.js";

type Refusal = {
  readonly name: string;
  readonly offer?: (world: World) => Partial<Offer>;
  readonly deal?: (world: World) => Partial<ReferredSale>;
  readonly error: string;
  readonly args: (offer: Offer, deal: ReferredSale, world: World) => readonly unknown[];
};

const word = (value: bigint) => toBeHex(value, 32);
const account = (address: string) => zeroPadValue(address, 32);

/** What the contract refuses of a complete offer and its deal, whichever way they come to it. */
export const EVIDENCE_REFUSALS: readonly Refusal[] = [
  // The offer by itself.
  { name: "no use at all", offer: () => ({ maxUses: 0n }), error: "DealsZeroUses", args: () => [] },
  {
    name: "a fixed price that is not below the sale's amount",
    offer: () => ({ policy: FIXED_PRICE, discount: Q1 }),
    error: "DealsPriceNotBelow",
    args: () => [Q1, Q1],
  },
  {
    name: "a fixed price that is too large for an amount of the sale",
    offer: () => ({ policy: FIXED_PRICE, discount: 2n ** 128n - 1n }),
    error: "DealsPriceNotBelow",
    args: () => [Q1, 2n ** 128n - 1n],
  },
  {
    name: "no percentage off",
    offer: () => ({ policy: PERCENT_OFF, discount: 0n }),
    error: "DealsPriceNotBelow",
    args: () => [Q1, Q1],
  },
  {
    name: "10,001 basis points off",
    offer: () => ({ policy: PERCENT_OFF, discount: 10_001n }),
    deal: () => ({ amount: Q2 }),
    error: "DealsDiscountOutOfRange",
    args: () => [10_000n, 10_001n],
  },
  {
    name: "one more off than the sale's amount",
    offer: () => ({ policy: AMOUNT_OFF, discount: Q1 + 1n }),
    deal: () => ({ amount: Q2 }),
    error: "DealsDiscountOutOfRange",
    args: () => [Q1, Q1 + 1n],
  },
  {
    name: "a price of zero where free is not meant",
    offer: () => ({ policy: PERCENT_OFF, discount: 10_000n }),
    error: "DealsNotFree",
    args: (offer) => [idOf("Offer", offer)],
  },
  // The deal against the offer.
  {
    name: "a deal of another offer",
    deal: () => ({ offerId: id("another offer") }),
    error: "DealsTermMismatch",
    args: (offer, deal) => [term("offerId"), idOf("Offer", offer), deal.offerId],
  },
  {
    name: "a deal of another merchant",
    deal: (world) => ({ merchant: world.stranger.address }),
    error: "DealsTermMismatch",
    args: (offer, deal) => [term("merchant"), account(offer.merchant), account(deal.merchant)],
  },
  {
    name: "a deal of another customer",
    deal: (world) => ({ customer: world.stranger.address }),
    error: "DealsTermMismatch",
    args: (offer, deal) => [term("customer"), account(offer.customer), account(deal.customer)],
  },
  {
    name: "a deal in another token",
    deal: (world) => ({ token: world.stranger.address }),
    error: "DealsTermMismatch",
    args: (offer, deal) => [term("token"), account(offer.token), account(deal.token)],
  },
  {
    name: "a price of one below the policy's",
    deal: () => ({ amount: Q2 - 1n }),
    error: "DealsTermMismatch",
    args: () => [term("amount"), word(Q2), word(Q2 - 1n)],
  },
  {
    name: "a price of one above the policy's",
    deal: () => ({ amount: Q2 + 1n }),
    error: "DealsTermMismatch",
    args: () => [term("amount"), word(Q2), word(Q2 + 1n)],
  },
  {
    name: "another rebate",
    deal: () => ({ rebate: R + 1n }),
    error: "DealsTermMismatch",
    args: () => [term("rebate"), word(R), word(R + 1n)],
  },
  {
    name: "another rebate moment",
    deal: (world) => ({ rebateMoment: world.moment + 1n }),
    error: "DealsTermMismatch",
    args: (_offer, _deal, world) => [term("rebateMoment"), word(world.moment), word(world.moment + 1n)],
  },
  // The offer against its base sale.
  {
    name: "a base sale that is not recorded",
    offer: () => ({ saleId: id("unknown") }),
    error: "DealsWrongSaleState",
    args: () => [id("unknown"), SaleState.RECORDED, SaleState.NONE],
  },
  {
    name: "a base sale of another amount",
    offer: () => ({ saleAmount: Q1 + 1n }),
    error: "DealsSaleTermsDiffer",
    args: (offer) => [offer.saleId],
  },
  // The offer's state.
  {
    name: "a counter that the merchant has not reached",
    offer: () => ({ counter: 1n }),
    error: "DealsWrongCounter",
    args: (offer) => [offer.merchant, 0n, 1n],
  },
  {
    name: "a promotion without a bond",
    offer: () => ({ rebateRule: PROMOTION_ONLY }),
    error: "DealsBondRequired",
    args: (offer) => [idOf("Offer", offer)],
  },
  {
    name: "a rebate of one above the price without a bond",
    offer: () => ({ rebate: Q2 + 1n }),
    error: "DealsRebateAbovePrice",
    args: () => [Q2, Q2 + 1n],
  },
];

/** The documents of a refusal. */
export function documentsOf(world: World, refusal: Refusal): { offer: Offer; deal: ReferredSale } {
  const offer = offerOf(world, refusal.offer?.(world));
  return { offer, deal: dealOf(world, offer, refusal.deal?.(world)) };
}

/** Each signature of a complete offer, and the error for another's in its place. */
export const OFFER_SIGNATURES = ["merchant", "customer", "buyer"] as const;

export function offerSignatureArgs(
  world: World,
  offer: Offer,
  buyer: string,
  role: (typeof OFFER_SIGNATURES)[number],
): readonly [account: string, digest: string] {
  const signer = role === "buyer" ? buyer : offer[role];
  return [signer, offerDigests(world, offer, buyer)[role]];
}
