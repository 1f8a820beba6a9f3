import { expect } from "chai";

import { closestTo } from "./closestTo.js";
import { changedTerms } from "./changedTerms.js";
import { digestOf } from "./digestOf.js";
import { FORGERIES } from "./forgeries.js";
import { honest, inForm } from "./honest.js";
import { remembered } from "./remembered.js";
import type { Place, Situation } from "./Slot.js";
import { examples, SLOTS } from "./table.js";
import { refuses, takes } from "./verdicts.js";

/** What of the domain names a place; the other places are named in the message. */
const NAMED_BY: Readonly<Partial<Record<Place, readonly string[]>>> = {
  "on another chain": ["chainId"],
  "in another contract": ["verifyingContract"],
};

function differing({ typed: { domain: a } }: Situation, { typed: { domain: b } }: Situation): readonly string[] {
  return (["name", "version", "chainId", "verifyingContract", "salt"] as const).filter((key) => a[key] !== b[key]);
}

describe("signatures", () => {
  // Invariants C8 and D5.
  describe("documents", () => {
    // They build every slot's situation, so they come before any slot remembers its own.
    before(async function () {
      this.timeout(60_000);
      await examples();
    });

    for (const slot of SLOTS) {
      const form = slot.lengths[0]!;
      const at = remembered(slot);

      describe(`given ${slot.name}`, () => {
        for (const length of slot.lengths) {
          it(`takes ${length} bytes`, async () => {
            const situation = await at("here");
            await takes(situation, honest(slot, situation, length));
          });

          it(`refuses whatever is made of the honest one, of ${length} bytes`, async () => {
            const situation = await at("here");
            const made = honest(slot, situation, length);
            for (const { name, lengths, forge } of FORGERIES) {
              if (lengths?.includes(length) ?? true) await refuses(situation, forge(made, situation), name);
            }
            await takes(situation, made);
          });
        }

        it("refuses nothing at all", async () => {
          const situation = await at("here");
          await refuses(situation, "0x");
          await takes(situation, honest(slot, situation));
        });

        it("refuses a document of every other type", async () => {
          const others = (await examples()).filter(({ primaryType }) => primaryType !== slot.type);
          const situation = await at("here");
          for (const other of others) {
            for (const typed of [closestTo(situation.typed, other, situation.account), other]) {
              const digest = digestOf(typed);
              expect(digest).to.not.equal(digestOf(situation.typed));
              await refuses(situation, inForm(situation.sign(digest), form), other.primaryType);
            }
          }
          await takes(situation, honest(slot, situation));
        });

        it("refuses the document with any one of its terms changed", async () => {
          const situation = await at("here");
          for (const [term, typed] of changedTerms(situation.typed)) {
            await refuses(situation, inForm(situation.sign(digestOf(typed)), form), term);
          }
          await takes(situation, honest(slot, situation));
        });

        it("refuses the signature of every other party", async () => {
          const situation = await at("here");
          expect(situation.others).to.not.be.empty;
          for (const { name, offers } of situation.others) {
            for (const signature of offers(digestOf(situation.typed))) {
              await refuses(situation, inForm(signature, form), name);
            }
          }
          await takes(situation, honest(slot, situation));
        });

        for (const place of slot.places) {
          it(`refuses ${place} what was signed here`, async () => {
            const here = await at("here");
            const signature = honest(slot, here);
            const there = await at(place);
            // Else it would be refused for something that the place does not stand for.
            expect(NAMED_BY[place] ?? []).to.include.members(differing(here, there));
            await refuses(there, signature);
            await takes(there, honest(slot, there));
          });

          it(`refuses here what was signed ${place}`, async () => {
            const there = await at(place);
            const signature = honest(slot, there);
            const here = await at("here");
            await refuses(here, signature);
            await takes(here, honest(slot, here));
          });
        }
      });
    }
  });
});
