import { expect } from "chai";

import { approvalOfKeys, compactSignature, membersApproval } from "../helpers/committee.js";
import { frostApproval, signWithFrostGroup } from "../helpers/frost.js";
import { seededBytes } from "../helpers/random.js";
import { configOf, createCommittee, createWithGroupKey, deployRegistry, DIGEST, ethers } from "./fixture.js";

describe("CommitteeRegistry", () => {
  describe("requireAttributableApproval", () => {
    it("returns who signed, by index", async () => {
      const fixture = await deployRegistry();
      const { registry, keys } = fixture;
      const id = await createCommittee(fixture, configOf(keys.toReversed(), 3));
      const reversed = keys.toReversed();
      for (const indexes of [
        [0, 1, 2],
        [6, 2, 4],
        [0, 1, 2, 3, 4, 5, 6],
      ]) {
        const approval = approvalOfKeys(reversed, indexes, DIGEST);
        const expected = indexes.toSorted((a, b) => a - b).map((index) => reversed[index]!.address);
        expect(await registry.requireAttributableApproval(id, 1, DIGEST, approval)).to.deep.equal(expected);
      }
    });

    it("leaves out wallets that refused", async () => {
      const fixture = await deployRegistry();
      const { registry, keys } = fixture;
      const refusing = await (await ethers.deployContract("RevertingWallet")).getAddress();
      const lying = await (await ethers.deployContract("LyingWallet")).getAddress();
      const id = await createCommittee(fixture, configOf([refusing, lying, keys[2]!], 2));
      const approval = membersApproval([
        { index: 0, wallet: "0x" },
        { index: 1, wallet: "0x" },
        { index: 2, key: compactSignature(keys[2]!, DIGEST) },
      ]);
      const signers = await registry.requireAttributableApproval(id, 1, DIGEST, approval);
      expect(signers).to.deep.equal([lying, keys[2]!.address]);
    });

    it("serves any committee, attributable or not", async () => {
      const fixture = await deployRegistry();
      const { registry, keys } = fixture;
      for (const attributable of [true, false]) {
        const options = { attributable, salt: ethers.id(`${attributable}`) };
        const id = await createCommittee(fixture, configOf(keys, 2), options);
        const approval = approvalOfKeys(keys, [3, 5], DIGEST);
        const signers = await registry.requireAttributableApproval(id, 1, DIGEST, approval);
        expect(signers).to.deep.equal([keys[3]!.address, keys[5]!.address]);
      }
    });

    it("reverts for a FROST approval", async () => {
      const fixture = await deployRegistry();
      const { registry, group } = fixture;
      const id = await createWithGroupKey(fixture);
      const approval = frostApproval(signWithFrostGroup(group, DIGEST, seededBytes("sign")));
      await registry.requireApproval(id, 1, DIGEST, approval);
      await expect(registry.requireAttributableApproval(id, 1, DIGEST, approval))
        .to.be.revertedWithCustomError(registry, "CommitteeWrongScheme")
        .withArgs(id, 1, "0x02");
    });

    it("reverts as requireApproval does", async () => {
      const fixture = await deployRegistry();
      const { registry, keys } = fixture;
      const id = await createCommittee(fixture, configOf(keys, 3));
      for (const [approval, error, args] of [
        ["0x", "CommitteeMalformedApproval", [id, 1, 1, 0]],
        [approvalOfKeys(keys, [0, 1], DIGEST), "CommitteeTooFew", [id, 1, 3, 2]],
        [approvalOfKeys(keys, [0, 1, 2], ethers.id("another")), "CommitteeWrongSignature", [id, 1, keys[0]!.address]],
      ] as const) {
        await expect(registry.requireAttributableApproval(id, 1, DIGEST, approval))
          .to.be.revertedWithCustomError(registry, error)
          .withArgs(...args);
      }
    });
  });
});
