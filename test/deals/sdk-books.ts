import { expect } from "chai";
import fc from "fast-check";

import { type DealCall, GuildhallError, missingFor } from "../../sdk/src/index.js";
import {
  approve,
  at,
  DAY,
  ethers,
  type Hall,
  loadHall,
  networkHelpers,
  openSessions,
  playTo,
  type Sessions,
  type Story,
  time,
} from "../helpers/dealSessions.js";

/** What can be done with a file once the parties have signed, but for the setting up. */
const calls = [
  "settle",
  "settleWithEvidence",
  "lodge",
  "countersign",
  "lodgePromise",
  "lodgePromotion",
  "cancelOffer",
  "refundLodged",
  "payRebate",
  "payBondedRebate",
  "reclaimBond",
  "releaseSale",
] as const satisfies readonly DealCall[];

/** Offers of every kind of funding. */
const offers: readonly Story[] = [
  {},
  { open: true, offer: { maxUses: 3 } },
  { open: true, offer: { rebate: 200_000n } },
  { open: true, offer: { rebateRule: "PROMOTION_ONLY", maxUses: 2 } },
];

describe("deals SDK", () => {
  describe("the books, out of events alone", () => {
    /** Four referrals, ready to be settled, one of them on a sale in escrow. */
    async function ready(): Promise<{ hall: Hall; files: readonly Sessions[] }> {
      const hall = await loadHall();
      await approve(hall, hall.signers.customer);
      const files: Sessions[] = [];
      for (const [index, story] of offers.entries()) {
        const sessions = await openSessions(hall);
        const sale = { salt: ethers.id(`sale ${index}`), paidElsewhere: index !== 0, refundableUntil: hall.moment };
        await playTo(hall, sessions, "buyerSigned", { ...story, sale });
        await sessions.merchant.receive(sessions.customer.export());
        files.push(sessions);
      }
      return { hall, files };
    }

    it("hold what they owe after every call, and missingFor foresees each refusal", async function () {
      this.timeout(120_000);
      const { hall, files } = await ready();
      const { deals } = hall.halls.merchant;
      const start = await networkHelpers.takeSnapshot();
      const done = new Map<string, number>();
      const step = fc.record({ call: fc.constantFrom(...calls), index: fc.nat(files.length - 1) });
      const both = fc.tuple(
        fc.array(step, { minLength: 8, maxLength: 16 }),
        fc.array(step, { minLength: 4, maxLength: 10 }),
      );
      await fc.assert(
        fc.asyncProperty(both, async ([before, after]) => {
          await start.restore();
          for (const [late, steps] of [before, after].entries()) {
            if (late === 1) await at(hall.moment + DAY);
            for (const { call, index } of steps) {
              const { file } = files[index]!.merchant;
              // The block that would hold the transaction is the next one.
              const missing = missingFor(call, file, await deals.factsOf(file));
              const failure = await deals[call](file)
                .then(async (transaction) => transaction.wait())
                .then(
                  () => undefined,
                  (error: unknown) => error,
                );
              if (failure !== undefined) expect(failure).to.be.instanceOf(GuildhallError);
              else done.set(call, (done.get(call) ?? 0) + 1);
              const told = missing.map(({ kind }) => kind).join(", ");
              expect(failure === undefined, `${call} of ${index}: missing [${told}], met ${String(failure)}`).to.equal(
                missing.length === 0,
              );
              const books = await deals.booksOf(hall.tokenAddress);
              expect(books.surplus, `after ${call} of ${index}`).to.equal(0n);
              expect(books.held).to.equal(await hall.token.balanceOf(deals.address));
            }
          }
          // In the end everything that is owed can be paid out, and nothing is left.
          if ((await time.latest()) < hall.moment) await at(hall.moment + DAY);
          for (const { merchant } of files) {
            for (const call of [
              "releaseSale",
              "refundLodged",
              "payRebate",
              "payBondedRebate",
              "reclaimBond",
            ] as const) {
              if (missingFor(call, merchant.file, await deals.factsOf(merchant.file)).length > 0) continue;
              await (await deals[call](merchant.file)).wait();
            }
          }
          expect(await deals.booksOf(hall.tokenAddress)).to.deep.include({ held: 0n, owed: 0n, claims: [] });
        }),
        { numRuns: 16, seed: 2 },
      );
      expect([...done.keys()]).to.have.members([...calls]);
    });
  });
});
