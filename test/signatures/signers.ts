import { expect } from "chai";

import { verifySignature } from "../../sdk/src/index.js";
import { digestOf } from "./digestOf.js";
import { KINDS } from "./kinds.js";
import { remembered } from "./remembered.js";
import { SLOTS } from "./table.js";
import { refuses, takes } from "./verdicts.js";

describe("signatures", () => {
  // Invariant D5.
  describe("signers", () => {
    for (const slot of SLOTS.filter(({ hears }) => hears.key || hears.code)) {
      describe(`given ${slot.name}`, () => {
        const at = remembered(slot);
        for (const kind of KINDS) {
          it(`hears ${kind.name}`, async () => {
            const situation = await at("here");
            await kind.install(situation);
            const signature = kind.sign(slot, situation);
            const caller = slot.emptyMeansCaller === true && signature === "0x";
            const heard = (["key", "code"] as const).some((which) => slot.hears[which] && kind.says[which] === true);
            const counts = heard && !caller;

            if (slot.hears.key && slot.hears.code) {
              const { chain, typed, account } = situation;
              const { provider } = chain.ethers;
              const verdict = await verifySignature({ account, digest: digestOf(typed), signature, provider });
              expect(verdict.valid, "the SDK").to.equal(heard);
            }
            if (counts) {
              await takes(situation, signature);
            } else {
              await refuses(situation, signature);
              // A wallet that does not sign stops nobody (invariant C10).
              await situation.presentWithSpare?.(signature);
            }
          });
        }
      });
    }
  });
});
