import { id } from "ethers";

import type { Connection, Offer, RebatePromise, Sale, TypeName, World } from "../helpers/deals.js";
import {
  countersign,
  dealDigests,
  dealOf,
  deployWorld,
  digestOf,
  FUNDS,
  lodge,
  lodgePromise,
  lodgePromotion,
  offerDigests,
  offerOf,
  openOffer,
  paySale,
  promiseDigests,
  promiseOf,
  PROMOTION_ONLY,
  recordSale,
  saleOf,
  settle,
  settleWithEvidence,
  signOffer,
  typesOf,
} from "../helpers/deals.js";
import type { Role } from "../helpers/entryPoints.js";
import { chainAt } from "./chainAt.js";
import type { Other, Place, Situation, Slot } from "./Slot.js";

type Message = Readonly<Record<string, unknown>>;

/** A signature of a party of a deal. */
export type DealRow = {
  readonly type: TypeName;
  readonly where: string;
  readonly role: Role;
  /** Whether an empty one means that the merchant is the caller. */
  readonly mayBeEmpty?: true;
  readonly prepare?: (world: World) => Promise<unknown>;
  readonly message: (world: World) => Message;
  /** The call with this signature, all else being honest. */
  readonly call: (world: World, signature: string) => Promise<unknown>;
};

const ROLES = ["merchant", "customer", "buyer"] as const;
const newSale = (world: World): Sale => saleOf(world, { salt: id("a new sale") });
const promotion = (world: World): Offer => offerOf(world, { rebateRule: PROMOTION_ONLY });

/** What each party signs of the documents, in the order of signing. */
function offerMessage(world: World, role: Role): Message {
  const offer = offerOf(world);
  const buyer = world.buyer.address;
  const { merchant, customer } = offerDigests(world, offer, buyer);
  return {
    merchant: { offer },
    customer: { offer, buyer, previous: merchant },
    buyer: { offer, buyer, previous: customer },
  }[role];
}

function promiseMessage(world: World, role: Role, rebatePromise: RebatePromise): Message {
  const buyer = world.buyer.address;
  const { merchant, buyer: second } = promiseDigests(world, rebatePromise, buyer);
  return {
    merchant: { rebatePromise },
    buyer: { rebatePromise, buyer, previous: merchant },
    customer: { rebatePromise, buyer, previous: second },
  }[role];
}

function dealMessage(world: World, role: Role): Message {
  const deal = dealOf(world);
  const { customer, buyer } = dealDigests(world, deal);
  return { customer: { deal }, buyer: { deal, previous: customer }, merchant: { deal, previous: buyer } }[role];
}

const SALE = { merchant: "MerchantSaleEndorsement", customer: "CustomerSaleEndorsement" } as const;
const OFFER = {
  merchant: "MerchantOfferEndorsement",
  customer: "CustomerOfferEndorsement",
  buyer: "BuyerOfferEndorsement",
} as const;
const PROMISE = {
  merchant: "MerchantPromiseEndorsement",
  customer: "CustomerPromiseEndorsement",
  buyer: "BuyerPromiseEndorsement",
} as const;
const DEAL = {
  merchant: "MerchantDealEndorsement",
  customer: "CustomerDealEndorsement",
  buyer: "BuyerDealEndorsement",
} as const;

type Calls = Readonly<Record<string, (world: World, signatures: Readonly<Record<string, string>>) => Promise<unknown>>>;

const SALE_CALLS: Calls = {
  recordSale: (world, signatures) => recordSale(world, newSale(world), { signatures }),
  paySale: (world, signatures) => paySale(world, newSale(world), { signatures }),
};
const DEAL_CALLS: Calls = {
  settle: (world, signatures) => settle(world, dealOf(world), { signatures }),
  settleWithEvidence: (world, signatures) => settleWithEvidence(world, offerOf(world), dealOf(world), { signatures }),
  lodge: (world, signatures) => lodge(world, offerOf(world), dealOf(world), { signatures }),
  countersign: (world, signatures) => countersign(world, dealOf(world), { signatures }),
};
const EVIDENCE_CALLS: Calls = {
  settleWithEvidence: (world, signatures) =>
    settleWithEvidence(world, { ...signOffer(world, offerOf(world)), ...signatures }, dealOf(world)),
  lodge: (world, signatures) => lodge(world, { ...signOffer(world, offerOf(world)), ...signatures }, dealOf(world)),
};
const PROMISE_CALLS: Calls = {
  lodgePromise: (world, signatures) => lodgePromise(world, promiseOf(offerOf(world)), { signatures }),
  lodgePromotion: (world, signatures) => lodgePromotion(world, promotion(world), { signatures }),
};

/** Every signature that ReferralDeals takes, wherever it takes it. A new type of document adds its own here. */
export const DEAL_ROWS: readonly DealRow[] = [
  ...(["merchant", "customer"] as const).flatMap((role) =>
    Object.entries(SALE_CALLS).map(([where, call]): DealRow => ({
      type: SALE[role],
      where,
      role,
      message: (world) => ({ sale: newSale(world), paidElsewhere: where === "recordSale" }),
      call: (world, signature) => call(world, { [role]: signature }),
    })),
  ),
  {
    type: "OfferOpening",
    where: "openOffer",
    role: "merchant",
    mayBeEmpty: true,
    message: (world) => ({ offer: offerOf(world) }),
    call: (world, merchant) => openOffer(world, offerOf(world), { signatures: { merchant } }),
  },
  ...ROLES.flatMap((role) =>
    Object.entries(EVIDENCE_CALLS).map(([where, call]): DealRow => ({
      type: OFFER[role],
      where,
      role,
      message: (world) => offerMessage(world, role),
      call: (world, signature) => call(world, { [`${role}Signature`]: signature }),
    })),
  ),
  ...ROLES.flatMap((role) =>
    Object.entries(PROMISE_CALLS).map(([where, call]): DealRow => ({
      type: PROMISE[role],
      where,
      role,
      ...(where === "lodgePromotion" ? { prepare: async (world) => openOffer(world, promotion(world)) } : {}),
      message: (world) =>
        promiseMessage(world, role, promiseOf(where === "lodgePromotion" ? promotion(world) : offerOf(world))),
      call: (world, signature) => call(world, { [role]: signature }),
    })),
  ),
  ...ROLES.flatMap((role) =>
    Object.entries(DEAL_CALLS)
      // The merchant's word is what a lodged deal waits for.
      .filter(
        ([where]) => (where !== "lodge" || role !== "merchant") && (where !== "countersign" || role === "merchant"),
      )
      .map(([where, call]): DealRow => ({
        type: DEAL[role],
        where,
        role,
        ...(role === "merchant" ? { mayBeEmpty: true as const } : {}),
        ...(where === "countersign"
          ? { prepare: async (world: World) => lodge(world, offerOf(world), dealOf(world)) }
          : {}),
        message: (world) => dealMessage(world, role),
        call: (world, signature) => call(world, { [role]: signature }),
      })),
  ),
];

/** Another instance of the contract on the chain of the world, with the same parties, money and base sale. */
export async function anotherInstance(world: World, { ethers }: Connection): Promise<World> {
  const deals = await ethers.deployContract("ReferralDeals");
  const dealsAddress = await deals.getAddress();
  const other = { ...world, deals, dealsAddress, domain: { ...world.domain, verifyingContract: dealsAddress } };
  for (const { runner } of ROLES.map((role) => world[role])) {
    await world.token.connect(runner).approve(dealsAddress, FUNDS);
  }
  await recordSale(other, saleOf(other));
  return other;
}

/** The world at a place. */
export async function worldAt(place: Place): Promise<{ readonly chain: Connection; readonly world: World }> {
  const chain = await chainAt(place);
  const world = await deployWorld(chain);
  return { chain, world: place === "in another contract" ? await anotherInstance(world, chain) : world };
}

/** The row's situation in a world. */
export function dealSituation(row: DealRow, world: World, chain: Connection): Situation {
  const { account, sign } = { account: world[row.role].address, sign: world[row.role].sign };
  const typed = { domain: world.domain, types: typesOf(row.type), primaryType: row.type, message: row.message(world) };
  const digest = digestOf(world, row.type, typed.message);
  const others = ROLES.filter((role) => role !== row.role).map((role): Other => {
    const own = DEAL_ROWS.find(
      (other) => other.role === role && other.where === row.where && shape(other) === shape(row),
    );
    const honest = own === undefined ? [] : [world[role].sign(digestOf(world, own.type, own.message(world)))];
    return { name: `the ${role}`, offers: (asked) => [world[role].sign(asked), ...honest] };
  });
  const { interface: abi } = world.deals;
  return {
    chain,
    typed,
    account,
    sign,
    key: sign,
    others: [...others, { name: "a stranger", offers: (asked) => [world.stranger.sign(asked)] }],
    present: async (signature) => row.call(world, signature),
    contract: world.deals,
    refusal: (signature) =>
      signature === "0x" && row.mayBeEmpty
        ? ["DealsNotMerchant", [world.merchant.address, world.relayer.address]]
        : ["DealsWrongSignature", [account, digest]],
    callback: {
      target: world.dealsAddress,
      change: abi.encodeFunctionData("increaseCounter"),
      read: abi.encodeFunctionData("eip712Domain"),
    },
  };
}

/** Which document an endorsement is of. */
function shape({ type }: DealRow): string {
  return type.replace(/^(?:Merchant|Customer|Buyer)/u, "");
}

export function dealSlot(row: DealRow): Slot {
  return {
    type: row.type,
    name: `the ${row.role}'s ${row.type} in ${row.where}`,
    lengths: [65, 64],
    ...(row.mayBeEmpty === undefined ? {} : { emptyMeansCaller: true }),
    hears: { key: true, code: true },
    places: ["on another chain", "in another contract"],
    at: async (place) => {
      const { world, chain } = await worldAt(place);
      await row.prepare?.(world);
      return dealSituation(row, world, chain);
    },
  };
}

/** An endorsement that no contract reads. */
export async function revocationExample() {
  const { world } = await worldAt("here");
  const message = { ...offerMessage(world, "buyer") };
  const types = {
    CustomerOfferRevocation: typesOf("BuyerOfferEndorsement").BuyerOfferEndorsement!,
    Offer: typesOf("Offer").Offer!,
  };
  return { domain: world.domain, types, primaryType: "CustomerOfferRevocation", message };
}
