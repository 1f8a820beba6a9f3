import { expect } from "chai";

import type { World } from "../helpers/deals.js";
import {
  countersign,
  dealOf,
  ethers,
  loadWorld,
  lodge,
  lodgePromise,
  networkHelpers,
  offerOf,
  promiseOf,
  reach,
  recordSale,
  saleOf,
} from "../helpers/deals.js";
import { MONEY_IN, MONEY_OUT } from "../helpers/entryPoints.js";
import { turned } from "../helpers/turned.js";

type Call = {
  readonly name: string;
  /** How many words of calldata the document takes, and after how many it begins. */
  readonly words: number;
  readonly skip?: number;
  readonly prepare?: (world: World) => Promise<unknown>;
  readonly call: (world: World) => Promise<{ data: string; to: string | null; from: string }>;
};

const SALE_WORDS = 7;
const OFFER_WORDS = 14;
const DEAL_WORDS = 10;

const wordsOf = (name: string) =>
  /sale$/iu.test(name) ? SALE_WORDS : /offer|bond/iu.test(name) ? OFFER_WORDS : DEAL_WORDS;

const CALLS: readonly Call[] = [
  ...MONEY_IN.map((entry): Call => ({
    name: entry.name,
    words: wordsOf(entry.name),
    // Before the deal stands where the evidence begins.
    skip: ["settleWithEvidence", "lodge"].includes(entry.name) ? 1 : 0,
    call: async (world) => entry.call(world),
  })),
  ...MONEY_OUT.map((exit): Call => ({
    name: exit.name,
    words: wordsOf(exit.name),
    prepare: exit.prepare,
    call: async (world) => exit.call(world),
  })),
  {
    name: "recordSale",
    words: SALE_WORDS,
    call: async (world) => recordSale(world, saleOf(world, { salt: ethers.id("a new sale") })),
  },
  { name: "lodgePromise", words: 5, call: async (world) => lodgePromise(world, promiseOf(offerOf(world))) },
  {
    name: "countersign without a bond",
    words: DEAL_WORDS,
    prepare: async (world) => lodge(world, offerOf(world), dealOf(world)),
    call: async (world) => countersign(world, dealOf(world)),
  },
];

describe("ReferralDeals", () => {
  // Invariant D10.
  describe("calldata", () => {
    for (const call of CALLS) {
      it(`stands for nothing else in ${call.name} when any word of the document has a bit turned`, async () => {
        const world = await loadWorld();
        await call.prepare?.(world);
        const before = await networkHelpers.takeSnapshot();
        const { data, from } = await call.call(world);
        await before.restore();
        const sender = await ethers.getSigner(from);
        if (MONEY_OUT.some(({ name }) => name === call.name) && !/refundSale|countersign/u.test(call.name)) {
          await reach(world.moment);
        }
        // The highest bit is beyond every type but the full words; the lowest is within all of them.
        for (let word = call.skip ?? 0; word < (call.skip ?? 0) + call.words; word++) {
          for (const bit of [255n, 0n]) {
            const attempt = sender.sendTransaction({ to: world.dealsAddress, data: turned(data, word, bit) });
            await expect(attempt, `word ${word}, bit ${bit.toString()}`).to.revert(ethers);
          }
        }
        await sender.sendTransaction({ to: world.dealsAddress, data });
      });
    }
  });
});
