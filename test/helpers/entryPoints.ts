import type { ContractTransactionResponse } from "ethers";
import { id } from "ethers";

import type { CallOptions, ReferredSale, Sale, World } from "./deals.js";
import {
  countersign,
  dealOf,
  idOf,
  lodge,
  lodgePromise,
  offerOf,
  openOffer,
  paySale,
  promiseOf,
  Q1,
  Q2,
  R,
  reach,
  saleOf,
  settle,
  settleWithEvidence,
} from "./deals.js";

export type Role = "merchant" | "customer" | "buyer";

type Tx = Promise<ContractTransactionResponse>;

// ── Everything that takes money ──

export type MoneyIn = {
  readonly name: string;
  readonly payer: Role;
  readonly amount: bigint;
  /** What a payment's nonce must be. */
  readonly documentId: (world: World) => string;
  readonly call: (world: World, options?: CallOptions) => Tx;
};

const newSale = (world: World): Sale => saleOf(world, { salt: id("a new sale") });
const bondedOffer = (world: World) => offerOf(world, { salt: id("bonded") });
const dealId = (world: World) => idOf("ReferredSale", dealOf(world));

export const MONEY_IN: readonly MoneyIn[] = [
  {
    name: "paySale",
    payer: "customer",
    amount: Q1,
    documentId: (world) => idOf("Sale", newSale(world)),
    call: async (world, options) => paySale(world, newSale(world), options),
  },
  {
    name: "openOffer",
    payer: "merchant",
    amount: 3n * R,
    documentId: (world) => idOf("Offer", bondedOffer(world)),
    call: async (world, options) => openOffer(world, bondedOffer(world), options),
  },
  {
    name: "settle",
    payer: "buyer",
    amount: Q2,
    documentId: dealId,
    call: async (world, options) => settle(world, dealOf(world), options),
  },
  {
    name: "settleWithEvidence",
    payer: "buyer",
    amount: Q2,
    documentId: dealId,
    call: async (world, options) => settleWithEvidence(world, offerOf(world), dealOf(world), options),
  },
  {
    name: "lodge",
    payer: "buyer",
    amount: Q2,
    documentId: dealId,
    call: async (world, options) => lodge(world, offerOf(world), dealOf(world), options),
  },
];

// ── Everything that pays money out ──

export type MoneyOut = {
  readonly name: string;
  readonly receiver: Role;
  readonly amount: bigint;
  readonly prepare: (world: World) => Promise<unknown>;
  /** Sets the time and pays. */
  readonly call: (world: World) => Tx;
};

const bondedDeal = (world: World): ReferredSale => dealOf(world, bondedOffer(world));

export const MONEY_OUT: readonly MoneyOut[] = [
  {
    name: "refundSale",
    receiver: "customer",
    amount: Q1,
    prepare: async (world) => paySale(world, newSale(world)),
    call: async (world) => world.deals.connect(world.merchant.runner).refundSale(newSale(world)),
  },
  {
    name: "releaseSale",
    receiver: "merchant",
    amount: Q1,
    prepare: async (world) => paySale(world, newSale(world)),
    call: async (world) => {
      await reach(world.moment);
      return world.deals.releaseSale(newSale(world));
    },
  },
  {
    name: "reclaimBond",
    receiver: "merchant",
    amount: 3n * R,
    prepare: async (world) => openOffer(world, bondedOffer(world)),
    call: async (world) => {
      await reach(world.moment);
      return world.deals.reclaimBond(bondedOffer(world));
    },
  },
  {
    name: "countersign",
    receiver: "merchant",
    amount: Q2,
    prepare: async (world) => {
      await openOffer(world, bondedOffer(world));
      await lodge(world, bondedOffer(world), bondedDeal(world));
    },
    call: async (world) => countersign(world, bondedDeal(world)),
  },
  {
    name: "refundLodged",
    receiver: "buyer",
    amount: Q2,
    prepare: async (world) => lodge(world, offerOf(world), dealOf(world)),
    call: async (world) => {
      await reach(world.moment);
      return world.deals.refundLodged(dealOf(world));
    },
  },
  {
    name: "payRebate to the customer",
    receiver: "customer",
    amount: R,
    prepare: async (world) => {
      await settle(world, dealOf(world));
      await lodgePromise(world, promiseOf(offerOf(world)));
    },
    call: async (world) => {
      await reach(world.moment);
      return world.deals.payRebate(dealOf(world));
    },
  },
  {
    name: "payRebate back to the merchant",
    receiver: "merchant",
    amount: R,
    prepare: async (world) => settle(world, dealOf(world)),
    call: async (world) => {
      await reach(world.moment);
      return world.deals.payRebate(dealOf(world));
    },
  },
  {
    name: "payBondedRebate to the customer",
    receiver: "customer",
    amount: R,
    prepare: async (world) => {
      await openOffer(world, bondedOffer(world));
      await settleWithEvidence(world, bondedOffer(world), bondedDeal(world));
      await lodgePromise(world, promiseOf(bondedOffer(world)));
    },
    call: async (world) => {
      await reach(world.moment);
      return world.deals.payBondedRebate(bondedOffer(world), world.buyer.address);
    },
  },
  {
    name: "payBondedRebate back to the merchant",
    receiver: "merchant",
    amount: R,
    prepare: async (world) => {
      await openOffer(world, bondedOffer(world));
      await settleWithEvidence(world, bondedOffer(world), bondedDeal(world));
    },
    call: async (world) => {
      await reach(world.moment);
      return world.deals.payBondedRebate(bondedOffer(world), world.buyer.address);
    },
  },
];
