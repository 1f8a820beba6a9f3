import type { ContractTransactionResponse } from "ethers";
import { id } from "ethers";

import type { CallOptions, ReferredSale, Sale, Signatures, World } from "./deals.js";
import {
  countersign,
  dealDigests,
  dealOf,
  idOf,
  lodge,
  lodgePromise,
  lodgePromotion,
  offerDigests,
  offerOf,
  openingDigest,
  openOffer,
  paySale,
  promiseDigests,
  promiseOf,
  PROMOTION_ONLY,
  Q1,
  Q2,
  R,
  reach,
  recordSale,
  saleDigests,
  saleOf,
  settle,
  settleWithEvidence,
  signOffer,
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

// ── Every signature of every function ──

export type Slot = {
  readonly name: string;
  readonly role: Role;
  /** Whether an empty one means that the merchant is the caller. */
  readonly mayBeEmpty?: true;
  readonly prepare?: (world: World) => Promise<unknown>;
  readonly digest: (world: World) => string;
  /** The call with this signature, all else being honest. */
  readonly call: (world: World, signature: string) => Tx;
};

const promotion = (world: World) => offerOf(world, { rebateRule: PROMOTION_ONLY });

function dealSlots(
  name: string,
  roles: readonly Role[],
  call: (world: World, signatures: Partial<Signatures>) => Tx,
  prepare?: (world: World) => Promise<unknown>,
): readonly Slot[] {
  return roles.map((role) => ({
    name: `the ${role}'s endorsement of the deal in ${name}`,
    role,
    ...(role === "merchant" ? { mayBeEmpty: true as const } : {}),
    ...(prepare === undefined ? {} : { prepare }),
    digest: (world) => dealDigests(world, dealOf(world))[role],
    call: async (world, signature) => call(world, { [role]: signature }),
  }));
}

function offerSlots(name: string, call: (world: World, evidence: ReturnType<typeof signOffer>) => Tx): readonly Slot[] {
  return (["merchant", "customer", "buyer"] as const).map((role) => ({
    name: `the ${role}'s endorsement of the offer in ${name}`,
    role,
    digest: (world) => offerDigests(world, offerOf(world), world.buyer.address)[role],
    call: async (world, signature) =>
      call(world, { ...signOffer(world, offerOf(world)), [`${role}Signature`]: signature }),
  }));
}

export const SLOTS: readonly Slot[] = [
  ...(["merchant", "customer"] as const).flatMap((role): readonly Slot[] => [
    {
      name: `the ${role}'s endorsement of the sale in recordSale`,
      role,
      digest: (world) => saleDigests(world, newSale(world), true)[role],
      call: async (world, signature) => recordSale(world, newSale(world), { signatures: { [role]: signature } }),
    },
    {
      name: `the ${role}'s endorsement of the sale in paySale`,
      role,
      digest: (world) => saleDigests(world, newSale(world), false)[role],
      call: async (world, signature) => paySale(world, newSale(world), { signatures: { [role]: signature } }),
    },
  ]),
  {
    name: "the merchant's opening of the offer in openOffer",
    role: "merchant",
    mayBeEmpty: true,
    digest: (world) => openingDigest(world, offerOf(world)),
    call: async (world, signature) => openOffer(world, offerOf(world), { signatures: { merchant: signature } }),
  },
  ...dealSlots("settle", ["customer", "buyer", "merchant"], async (world, signatures) =>
    settle(world, dealOf(world), { signatures }),
  ),
  ...dealSlots("settleWithEvidence", ["customer", "buyer", "merchant"], async (world, signatures) =>
    settleWithEvidence(world, offerOf(world), dealOf(world), { signatures }),
  ),
  ...offerSlots("settleWithEvidence", async (world, evidence) => settleWithEvidence(world, evidence, dealOf(world))),
  ...dealSlots("lodge", ["customer", "buyer"], async (world, signatures) =>
    lodge(world, offerOf(world), dealOf(world), { signatures }),
  ),
  ...offerSlots("lodge", async (world, evidence) => lodge(world, evidence, dealOf(world))),
  ...dealSlots(
    "countersign",
    ["merchant"],
    async (world, signatures) => countersign(world, dealOf(world), { signatures }),
    async (world) => lodge(world, offerOf(world), dealOf(world)),
  ),
  ...(["merchant", "buyer", "customer"] as const).flatMap((role): readonly Slot[] => [
    {
      name: `the ${role}'s endorsement of the promise in lodgePromise`,
      role,
      digest: (world) => promiseDigests(world, promiseOf(offerOf(world)), world.buyer.address)[role],
      call: async (world, signature) =>
        lodgePromise(world, promiseOf(offerOf(world)), { signatures: { [role]: signature } }),
    },
    {
      name: `the ${role}'s endorsement of the promise in lodgePromotion`,
      role,
      prepare: async (world) => openOffer(world, promotion(world)),
      digest: (world) => promiseDigests(world, promiseOf(promotion(world)), world.buyer.address)[role],
      call: async (world, signature) => lodgePromotion(world, promotion(world), { signatures: { [role]: signature } }),
    },
  ]),
];
