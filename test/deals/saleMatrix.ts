import { expect } from "chai";
import { id } from "ethers";

import type { Account, Sale, World } from "../helpers/deals.js";
import {
  DAY,
  dealOf,
  idOf,
  loadWorld,
  offerOf,
  paySale,
  reach,
  recordSale,
  saleOf,
  SaleState,
  settleWithEvidence,
  time,
} from "../helpers/deals.js";
import { readMatrix } from "../helpers/matrix.js";

/**
 * What each caller gets for each call in each state of a sale, before (while it is refundable) and from its
 * `refundableUntil` on: the state that follows, or the error that leaves it as it is. Invariant D8.
 */
const TABLE = `
  state            | operation          | merchant            | customer            | stranger
  NONE, before     | recordSale         | RECORDED            | RECORDED            | RECORDED
  NONE, before     | paySale            | ESCROWED            | ESCROWED            | ESCROWED
  NONE, before     | refundSale         | DealsWrongSaleState | DealsNotMerchant    | DealsNotMerchant
  NONE, before     | releaseSale        | DealsTooEarly       | DealsTooEarly       | DealsTooEarly
  NONE, before     | settleWithEvidence | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  NONE, from       | recordSale         | RECORDED            | RECORDED            | RECORDED
  NONE, from       | paySale            | RECORDED            | RECORDED            | RECORDED
  NONE, from       | refundSale         | DealsTooLate        | DealsTooLate        | DealsTooLate
  NONE, from       | releaseSale        | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  NONE, from       | settleWithEvidence | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  RECORDED, before | recordSale         | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  RECORDED, before | paySale            | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  RECORDED, before | refundSale         | DealsWrongSaleState | DealsNotMerchant    | DealsNotMerchant
  RECORDED, before | releaseSale        | DealsTooEarly       | DealsTooEarly       | DealsTooEarly
  RECORDED, before | settleWithEvidence | RECORDED            | RECORDED            | RECORDED
  RECORDED, from   | recordSale         | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  RECORDED, from   | paySale            | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  RECORDED, from   | refundSale         | DealsTooLate        | DealsTooLate        | DealsTooLate
  RECORDED, from   | releaseSale        | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  RECORDED, from   | settleWithEvidence | RECORDED            | RECORDED            | RECORDED
  ESCROWED, before | recordSale         | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  ESCROWED, before | paySale            | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  ESCROWED, before | refundSale         | REFUNDED            | DealsNotMerchant    | DealsNotMerchant
  ESCROWED, before | releaseSale        | DealsTooEarly       | DealsTooEarly       | DealsTooEarly
  ESCROWED, before | settleWithEvidence | ESCROWED            | ESCROWED            | ESCROWED
  ESCROWED, from   | recordSale         | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  ESCROWED, from   | paySale            | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  ESCROWED, from   | refundSale         | DealsTooLate        | DealsTooLate        | DealsTooLate
  ESCROWED, from   | releaseSale        | RECORDED            | RECORDED            | RECORDED
  ESCROWED, from   | settleWithEvidence | ESCROWED            | ESCROWED            | ESCROWED
  REFUNDED, before | recordSale         | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  REFUNDED, before | paySale            | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  REFUNDED, before | refundSale         | DealsWrongSaleState | DealsNotMerchant    | DealsNotMerchant
  REFUNDED, before | releaseSale        | DealsTooEarly       | DealsTooEarly       | DealsTooEarly
  REFUNDED, before | settleWithEvidence | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  REFUNDED, from   | recordSale         | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  REFUNDED, from   | paySale            | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  REFUNDED, from   | refundSale         | DealsTooLate        | DealsTooLate        | DealsTooLate
  REFUNDED, from   | releaseSale        | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState
  REFUNDED, from   | settleWithEvidence | DealsWrongSaleState | DealsWrongSaleState | DealsWrongSaleState`;

type StateName = keyof typeof SaleState;

/** What a call finds wrong when it finds the state wrong: the state it needs. */
const NEEDS = {
  recordSale: "NONE",
  paySale: "NONE",
  refundSale: "ESCROWED",
  releaseSale: "ESCROWED",
  settleWithEvidence: "RECORDED",
} as const satisfies Record<string, StateName>;
type Operation = keyof typeof NEEDS;

const MATRIX = readMatrix(TABLE, {
  states: Object.keys(SaleState).flatMap((state) => [`${state}, before`, `${state}, from`]),
  operations: Object.keys(NEEDS),
});

describe("ReferralDeals", () => {
  describe("the states of a sale", () => {
    /** Brings a sale to a state while it is refundable. */
    const reachState: Readonly<Record<StateName, (world: World, sale: Sale) => Promise<void>>> = {
      NONE: async () => {},
      RECORDED: async (world, sale) => {
        await recordSale(world, sale);
      },
      ESCROWED: async (world, sale) => {
        await paySale(world, sale);
      },
      REFUNDED: async (world, sale) => {
        await paySale(world, sale);
        await world.deals.connect(world.merchant.runner).refundSale(sale);
      },
    };

    const call: Readonly<Record<Operation, (world: World, sale: Sale, caller: Account) => Promise<unknown>>> = {
      recordSale: async (world, sale, { runner }) => recordSale(world, sale, { from: runner }),
      paySale: async (world, sale, { runner }) => paySale(world, sale, { from: runner }),
      refundSale: async (world, sale, { runner }) => world.deals.connect(runner).refundSale(sale),
      releaseSale: async (world, sale, { runner }) => world.deals.connect(runner).releaseSale(sale),
      settleWithEvidence: async (world, sale, { runner }) => {
        const offer = offerOf(world, { saleId: idOf("Sale", sale) });
        return settleWithEvidence(world, offer, dealOf(world, offer), { from: runner });
      },
    };

    function argsOf(error: string, operation: Operation, state: StateName, sale: Sale, caller: Account, now: bigint) {
      switch (error) {
        case "DealsWrongSaleState":
          return [idOf("Sale", sale), SaleState[NEEDS[operation]], SaleState[state]];
        case "DealsNotMerchant":
          return [sale.merchant, caller.address];
        default:
          return [sale.refundableUntil, now];
      }
    }

    it("are all in the table, with every call and caller", () => {
      expect(MATRIX.strays).to.deep.equal([]);
      expect(MATRIX.cells.filter(({ expected }) => expected === undefined)).to.deep.equal([]);
      expect(MATRIX.cells).to.have.lengthOf(8 * 5 * 3);
    });

    for (const { state, operation, caller, expected } of MATRIX.cells) {
      it(`${state}: ${operation} by the ${caller} gives ${expected}`, async () => {
        const world = await loadWorld();
        const sale = saleOf(world, { salt: id("a new sale"), refundableUntil: world.start + DAY });
        const saleId = idOf("Sale", sale);
        const [name, moment] = state.split(", ") as [StateName, string];
        await reachState[name](world, sale);
        expect(await world.deals.saleStateOf(saleId)).to.equal(SaleState[name]);

        if (moment === "from") await reach(sale.refundableUntil);
        const now = moment === "from" ? sale.refundableUntil : BigInt(await time.latest()) + 1n;
        if (moment === "before") await reach(now);
        const account = world[caller as "merchant" | "customer" | "stranger"];
        const attempt = call[operation as Operation](world, sale, account);
        const refused = expected?.startsWith("Deals") ?? false;
        if (refused) {
          await expect(attempt)
            .to.be.revertedWithCustomError(world.deals, String(expected))
            .withArgs(...argsOf(String(expected), operation as Operation, name, sale, account, now));
        } else {
          await attempt;
        }
        const next = refused ? name : (expected as StateName);
        expect(await world.deals.saleStateOf(saleId)).to.equal(SaleState[next]);
      });
    }
  });
});
