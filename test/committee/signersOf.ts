import { anyValue } from "@nomicfoundation/hardhat-ethers-chai-matchers/withArgs";
import { expect } from "chai";

import { approvalOfKeys, compactSignature, membersApproval } from "../helpers/committee.js";
import { frostApproval, signWithFrostGroup } from "../helpers/frost.js";
import { seededBytes } from "../helpers/random.js";
import { configOf, createCommittee, createWithGroupKey, deployRegistry, DIGEST, ethers } from "./fixture.js";

describe("CommitteeRegistry", () => {
  describe("signersOf", () => {
    it("returns who signed as a bitmap, however few, with the threshold and the number of members", async () => {
      const fixture = await deployRegistry();
      const { registry, keys } = fixture;
      const id = await createCommittee(fixture, configOf(keys, 5));
      for (const [indexes, bits] of [
        [[], 0n],
        [[0], 1n],
        [[6], 64n],
        [[1, 2, 4], 22n],
        [[0, 1, 2, 3, 4, 5, 6], 127n],
      ] as const) {
        const approval = approvalOfKeys(keys, indexes, DIGEST);
        expect(await registry.signersOf(id, 1, DIGEST, approval)).to.deep.equal([bits, 5n, 7n]);
      }
    });

    it("tells the threshold and the members of the epoch that is asked for", async () => {
      const fixture = await deployRegistry();
      const { registry, keys, admin } = fixture;
      const id = await createCommittee(fixture, configOf(keys, 5), { admin: admin.address });
      const next = keys.slice(2, 5);
      await registry.connect(admin).rotate(id, configOf(next, 2), 2n ** 40n - 2n, "0x");
      const old = approvalOfKeys(keys, [4], DIGEST);
      expect(await registry.signersOf(id, 1, DIGEST, old)).to.deep.equal([16n, 5n, 7n]);
      const current = approvalOfKeys(next, [2], DIGEST);
      expect(await registry.signersOf(id, 2, DIGEST, current)).to.deep.equal([4n, 2n, 3n]);
    });

    it("leaves out wallets that refused", async () => {
      const fixture = await deployRegistry();
      const { registry, keys } = fixture;
      const refusing = await (await ethers.deployContract("RevertingWallet")).getAddress();
      const lying = await (await ethers.deployContract("LyingWallet")).getAddress();
      const id = await createCommittee(fixture, configOf([refusing, lying, keys[2]!], 3));
      const refused = membersApproval([{ index: 0, wallet: "0x" }]);
      expect(await registry.signersOf(id, 1, DIGEST, refused)).to.deep.equal([0n, 3n, 3n]);
      const approval = membersApproval([
        { index: 0, wallet: "0x" },
        { index: 1, wallet: "0x" },
        { index: 2, key: compactSignature(keys[2]!, DIGEST) },
      ]);
      expect(await registry.signersOf(id, 1, DIGEST, approval)).to.deep.equal([6n, 3n, 3n]);
    });

    it("approves nothing by itself: fewer than the threshold are still no approval", async () => {
      const fixture = await deployRegistry();
      const { registry, keys } = fixture;
      const id = await createCommittee(fixture, configOf(keys, 5));
      const approval = approvalOfKeys(keys, [0, 1, 2, 3], DIGEST);
      expect(await registry.signersOf(id, 1, DIGEST, approval)).to.deep.equal([15n, 5n, 7n]);
      expect(await registry.isApproved(id, 1, DIGEST, approval)).to.equal(false);
      for (const require of [registry.requireApproval, registry.requireAttributableApproval]) {
        await expect(require(id, 1, DIGEST, approval))
          .to.be.revertedWithCustomError(registry, "CommitteeTooFew")
          .withArgs(id, 1, 5, 4);
      }
    });

    it("reverts for a FROST approval", async () => {
      const fixture = await deployRegistry();
      const { registry, group } = fixture;
      const id = await createWithGroupKey(fixture);
      const approval = frostApproval(signWithFrostGroup(group, DIGEST, seededBytes("sign")));
      await expect(registry.signersOf(id, 1, DIGEST, approval))
        .to.be.revertedWithCustomError(registry, "CommitteeWrongScheme")
        .withArgs(id, 1, "0x02");
    });

    it("reverts as requireApproval does, but for too few", async () => {
      const fixture = await deployRegistry();
      const { registry, keys, admin } = fixture;
      const id = await createCommittee(fixture, configOf(keys.slice(0, 3), 3), { admin: admin.address });
      const one = approvalOfKeys(keys, [1], DIGEST);
      for (const [epoch, approval, error, args] of [
        [1, "0x", "CommitteeMalformedApproval", [id, 1, 1, 0]],
        [1, `${one}00`, "CommitteeMalformedApproval", [id, 1, 129, 130]],
        [1, approvalOfKeys(keys, [3], DIGEST), "CommitteeNotMember", [id, 1, 3, 3]],
        [1, approvalOfKeys(keys, [2], ethers.id("another")), "CommitteeWrongSignature", [id, 1, keys[2]!.address]],
        [2, one, "CommitteeUnknownEpoch", [id, 1, 2]],
      ] as const) {
        await expect(registry.signersOf(id, epoch, DIGEST, approval))
          .to.be.revertedWithCustomError(registry, error)
          .withArgs(...args);
      }
      await registry.connect(admin).retire(id, 1, "0x");
      await expect(registry.signersOf(id, 1, DIGEST, one))
        .to.be.revertedWithCustomError(registry, "CommitteeEpochOver")
        .withArgs(id, 1, anyValue, anyValue);
    });
  });
});
