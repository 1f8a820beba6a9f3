import { id } from "ethers";
import { expect } from "chai";

import {
  applicationOf,
  approving,
  certified,
  count,
  ethers,
  issue,
  issueChecked,
  loadWorld,
  networkHelpers,
  type World,
} from "../helpers/certificates.js";
import { turned } from "../helpers/turned.js";

const APPLICATION_WORDS = 10;

type Call = {
  readonly name: string;
  readonly call: (world: World) => Promise<{ data: string; from: string }>;
};

const CALLS: readonly Call[] = [
  { name: "issue", call: async (world) => issue(world, await applicationOf(world), id("content")) },
  {
    name: "issueChecked",
    call: async (world) => {
      const { application, certificate } = await certified(world);
      return issueChecked(world, application, certificate);
    },
  },
  {
    name: "countResults",
    call: async (world) => count(world, await applicationOf(world), approving({ contentHash: id("content") })),
  },
];

describe("CertificateLedger", () => {
  // Invariant L9.
  describe("calldata", () => {
    for (const { name, call } of CALLS) {
      it(`stands for nothing else in ${name} when any word of the application has a bit turned`, async () => {
        const world = await loadWorld();
        const before = await networkHelpers.takeSnapshot();
        const { data, from } = await call(world);
        await before.restore();
        const sender = await ethers.getSigner(from);
        const to = await world.ledger.getAddress();
        // The highest bit is beyond every type but the full words; the lowest is within all of them.
        for (let word = 0; word < APPLICATION_WORDS; word++) {
          for (const bit of [255n, 0n]) {
            const attempt = sender.sendTransaction({ to, data: turned(data, word, bit) });
            await expect(attempt, `word ${word}, bit ${bit.toString()}`).to.revert(ethers);
          }
        }
        await sender.sendTransaction({ to, data });
      });
    }
  });
});
