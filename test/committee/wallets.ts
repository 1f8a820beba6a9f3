import { expect } from "chai";
import { concat, dataLength, dataSlice, toBeHex } from "ethers";

import {
  committeeDigest,
  type CommitteeDomain,
  compactSignature,
  type Entry,
  membersApproval,
} from "../helpers/committee.js";
import {
  configOf,
  createCommittee,
  deployRegistry,
  DIGEST,
  ethers,
  expectApproved,
  expectRefused,
  type Fixture,
  networkHelpers,
} from "./fixture.js";

const REQUIRED_GAS = (400_000n * 64n) / 63n + 6_000n;

/** What a wallet that is a member is asked for. */
function requestOf(domain: CommitteeDomain, member: string, digest = DIGEST): string {
  return committeeDigest(domain, "MemberApproval", { member, digest });
}

describe("CommitteeRegistry", () => {
  describe("wallets among the members", () => {
    const key = (fixture: Fixture, index: number): Entry => ({
      index,
      key: compactSignature(fixture.keys[index]!, DIGEST),
    });

    /** Two keys and two wallets of one owner, the keys first; all are needed but one. */
    async function mixed() {
      const fixture = await deployRegistry();
      const owner = fixture.keys[6]!;
      const [one, other] = await Promise.all([0, 1].map(async () => deployWallet("OwnerWallet", [owner.address])));
      const config = configOf([fixture.keys[0]!, fixture.keys[1]!, one!, other!], 3);
      const id = await createCommittee(fixture, config);
      return { ...fixture, fixture, owner, one: one!, other: other!, id };
    }

    /** A committee of two keys and `wallet`, of which two are needed. */
    async function withWallet(deploy: (fixture: Fixture) => Promise<string> | string) {
      const fixture = await deployRegistry();
      const wallet = await deploy(fixture);
      const id = await createCommittee(fixture, configOf([fixture.keys[0]!, wallet, fixture.keys[2]!], 2));
      return { ...fixture, fixture, wallet, id };
    }

    async function deployWallet(name: string, args: unknown[] = []): Promise<string> {
      return (await ethers.deployContract(name, args)).getAddress();
    }

    it("counts a wallet whose owner signed what binds the wallet", async () => {
      const { fixture, domain, owner, one, id } = await mixed();
      const wallet = compactSignature(owner, requestOf(domain, one));
      const approval = membersApproval([key(fixture, 0), key(fixture, 1), { index: 2, wallet }]);
      await expectApproved(fixture, { id, approval });
    });

    it("takes keys and wallets mixed, with signatures of any length", async () => {
      const { fixture, domain, owner, one, other, id } = await mixed();
      const long = (wallet: string) => owner.signingKey.sign(requestOf(domain, wallet)).serialized;
      const approval = membersApproval([
        { index: 3, wallet: compactSignature(owner, requestOf(domain, other)) },
        key(fixture, 1),
        { index: 2, wallet: long(one) },
      ]);
      await expectApproved(fixture, { id, approval });

      const lying = await deployWallet("LyingWallet");
      const config = configOf([lying, fixture.keys[1]!], 2);
      const second = await createCommittee(fixture, config, { salt: ethers.id("second") });
      for (const length of [0, 1, 31, 32, 64, 65, 500, 65_535]) {
        const wallet = `0x${"7f".repeat(length)}`;
        await expectApproved(fixture, {
          id: second,
          approval: membersApproval([{ index: 0, wallet }, key(fixture, 1)]),
        });
      }
    });

    it("does not count two wallets of one owner for one signature", async () => {
      // Invariant C2.
      const { fixture, domain, owner, one, id } = await mixed();
      const wallet = compactSignature(owner, requestOf(domain, one));
      const approval = membersApproval([key(fixture, 0), { index: 2, wallet }, { index: 3, wallet }]);
      await expectRefused(fixture, { id, approval }, "CommitteeTooFew", [id, 1, 3, 2]);
    });

    it("counts a wallet that accepts everything, as it answers for itself", async () => {
      const { fixture, id } = await withWallet(async () => deployWallet("LyingWallet"));
      const approval = membersApproval([key(fixture, 0), { index: 1, wallet: "0x" }]);
      await expectApproved(fixture, { id, approval });
      const alone = membersApproval([{ index: 1, wallet: "0x" }]);
      await expectRefused(fixture, { id, approval: alone }, "CommitteeTooFew", [id, 1, 2, 1]);
    });

    it("takes no wallet's answer for a key's", async () => {
      const { fixture, id, wallet } = await withWallet(async () => deployWallet("LyingWallet"));
      const approval = membersApproval([key(fixture, 0), { index: 1, key: `0x${"00".repeat(64)}` }]);
      await expectRefused(fixture, { id, approval }, "CommitteeWrongSignature", [id, 1, wallet]);
    });

    // What other wallets and signers may do is in test/signatures/kinds.ts.
    describe("given a wallet that is the identity precompile", () => {
      it("is not counted and stops nobody", async () => {
        // Invariant C10.
        const { fixture, id } = await withWallet(() => toBeHex(4, 20));
        const wallet: Entry = { index: 1, wallet: `0x${"11".repeat(65)}` };
        const short = membersApproval([key(fixture, 0), wallet]);
        await expectRefused(fixture, { id, approval: short }, "CommitteeTooFew", [id, 1, 2, 1]);
        await expectApproved(fixture, {
          id,
          approval: membersApproval([key(fixture, 0), wallet, key(fixture, 2)]),
        });
      });
    });

    describe("given a wallet that calls back", () => {
      it("is answered, and counts", async () => {
        const { fixture, registry, id, wallet } = await withWallet(async () => deployWallet("ReenteringWallet"));
        const reentering = await ethers.getContractAt("ReenteringWallet", wallet);
        const inner = membersApproval([key(fixture, 0), key(fixture, 2)]);
        const data = registry.interface.encodeFunctionData("requireApproval", [id, 1, DIGEST, inner]);
        await reentering.setCall(await registry.getAddress(), data);
        const approval = membersApproval([key(fixture, 0), { index: 1, wallet: "0x" }]);
        await expectApproved(fixture, { id, approval });
        const wrong = registry.interface.encodeFunctionData("requireApproval", [id, 1, ethers.id("another"), inner]);
        await reentering.setCall(await registry.getAddress(), wrong);
        await expectRefused(fixture, { id, approval }, "CommitteeTooFew", [id, 1, 2, 1]);
      });
    });

    describe("when too little gas is left to ask it", () => {
      const exacting: Record<string, (fixture: Fixture) => Promise<string>> = {
        "a wallet": async () => deployWallet("ExactingWallet", [399_000]),
        "an EOA that delegated to one": async ({ keys }) => {
          const wallet = await deployWallet("ExactingWallet", [399_000]);
          await networkHelpers.setCode(keys[1]!.address, concat(["0xef0100", wallet]));
          return keys[1]!.address;
        },
      };

      for (const [what, deploy] of Object.entries(exacting)) {
        it(`reverts rather than not count ${what}: CommitteeInsufficientGas`, async () => {
          // Invariant C10: whatever gas a relayer sends, the answer is the right one or none. The wallet wants all it is promised.
          const { registry, fixture, id } = await withWallet(deploy);
          const approval = membersApproval([key(fixture, 0), { index: 1, wallet: "0x" }]);
          await expectApproved(fixture, { id, approval });
          const outcomes = new Set<string>();
          for (let gasLimit = 430_000n; gasLimit < 460_000n; gasLimit += 499n) {
            try {
              outcomes.add(`${await registry.isApproved(id, 1, DIGEST, approval, { gasLimit })}`);
            } catch (error) {
              const reason = registry.interface.parseError((error as { data: string }).data);
              expect(reason?.name).to.equal("CommitteeInsufficientGas");
              expect(reason!.args[0]).to.equal(REQUIRED_GAS);
              expect(reason!.args[1]).to.be.lessThan(REQUIRED_GAS);
              outcomes.add("InsufficientGas");
            }
          }
          expect([...outcomes]).to.deep.equal(["InsufficientGas", "true"]);
        });
      }
    });

    describe("when many wallets burn all they get", () => {
      it("costs 400,000 gas each and no more", async () => {
        const fixture = await deployRegistry();
        const { registry, keys } = fixture;
        const bombs = await Promise.all([0, 1, 2].map(async () => deployWallet("GasBombWallet")));
        const id = await createCommittee(fixture, configOf([...bombs, keys[3]!, keys[4]!], 2));
        const keyEntries = [key(fixture, 3), key(fixture, 4)];
        const bombEntries = bombs.map((_, index) => ({ index, wallet: "0x" }));
        const plain = await registry.requireApproval.estimateGas(id, 1, DIGEST, membersApproval(keyEntries));
        const approval = membersApproval([...bombEntries, ...keyEntries]);
        const gasLimit = plain + 3n * 405_000n + REQUIRED_GAS;
        await registry.requireApproval(id, 1, DIGEST, approval, { gasLimit });
      });
    });

    describe("when an approval's form is wrong", () => {
      it("refuses a wallet entry without its length: CommitteeMalformedApproval", async () => {
        const { fixture, id } = await withWallet(async () => deployWallet("LyingWallet"));
        const good = membersApproval([key(fixture, 0), { index: 1, wallet: "0x" }]);
        for (const cut of [1, 2]) {
          const approval = dataSlice(good, 0, dataLength(good) - cut);
          await expectRefused(fixture, { id, approval }, "CommitteeMalformedApproval", [id, 1, 131, 131 - cut]);
        }
        // Of two that are missing, the first alone is known to be.
        const entries = [1, 2].map((index) => ({ index, wallet: "0x" }));
        const bare = dataSlice(membersApproval(entries), 0, 65);
        await expectRefused(fixture, { id, approval: bare }, "CommitteeMalformedApproval", [id, 1, 67, 65]);
      });

      it("refuses a wallet entry shorter than its length: CommitteeMalformedApproval", async () => {
        const { fixture, id } = await withWallet(async () => deployWallet("LyingWallet"));
        const good = membersApproval([key(fixture, 0), { index: 1, wallet: "0x112233" }]);
        for (const cut of [1, 2, 3]) {
          const approval = dataSlice(good, 0, dataLength(good) - cut);
          await expectRefused(fixture, { id, approval }, "CommitteeMalformedApproval", [id, 1, 134, 134 - cut]);
        }
        const huge = concat([dataSlice(good, 0, 129), "0xffff"]);
        await expectRefused(fixture, { id, approval: huge }, "CommitteeMalformedApproval", [id, 1, 131 + 65_535, 131]);
      });

      it("refuses anything after the last entry: CommitteeMalformedApproval", async () => {
        const { fixture, id } = await withWallet(async () => deployWallet("LyingWallet"));
        const good = membersApproval([key(fixture, 0), { index: 1, wallet: "0x112233" }]);
        const approval = concat([good, "0x00"]);
        await expectRefused(fixture, { id, approval }, "CommitteeMalformedApproval", [id, 1, 134, 135]);
      });
    });
  });
});
