import { expect } from "chai";

import { approvalOfKeys, committeeDigest, type CommitteeDomain, memberKeys } from "../helpers/committee.js";
import {
  configOf,
  createCommittee,
  deployRegistry,
  DIGEST,
  ethers,
  expectApproved,
  expectRefused,
  networkHelpers,
} from "./fixture.js";

function retirementDigest(domain: CommitteeDomain, committeeId: string, currentEpoch: number, epoch: number): string {
  return committeeDigest(domain, "Retirement", { committeeId, currentEpoch, epoch });
}

describe("CommitteeRegistry", () => {
  describe("retire", () => {
    /** A committee in epoch 2 (2-of-4), with epoch 1 (3-of-5) in an hour of grace. */
    async function rotated() {
      const fixture = await deployRegistry();
      const { registry, admin, keys } = fixture;
      const id = await createCommittee(fixture, configOf(keys.slice(0, 5), 3), { admin: admin.address });
      const next = memberKeys(4, "next");
      const grace = BigInt(await networkHelpers.time.latest()) + 3_600n;
      await registry.connect(admin).rotate(id, configOf(next, 2), grace, "0x");
      const old = { id, epoch: 1, approval: approvalOfKeys(keys, [0, 1, 2], DIGEST) };
      const current = { id, epoch: 2, approval: approvalOfKeys(next, [0, 1], DIGEST) };
      return { ...fixture, fixture, id, next, grace, old, current };
    }

    async function now(): Promise<bigint> {
      return BigInt(await networkHelpers.time.latest());
    }

    it("reverts for an unknown committee", async () => {
      const { registry } = await rotated();
      const id = ethers.id("nobody");
      await expect(registry.retire(id, 1, "0x"))
        .to.be.revertedWithCustomError(registry, "CommitteeUnknown")
        .withArgs(id);
    });

    it("reverts for an epoch the committee has not reached", async () => {
      const { registry, admin, id } = await rotated();
      for (const epoch of [0, 3]) {
        await expect(registry.connect(admin).retire(id, epoch, "0x"))
          .to.be.revertedWithCustomError(registry, "CommitteeUnknownEpoch")
          .withArgs(id, 2, epoch);
      }
    });

    it("reverts for an epoch that is over", async () => {
      const { registry, admin, id, grace } = await rotated();
      await networkHelpers.time.setNextBlockTimestamp(grace);
      await expect(registry.connect(admin).retire(id, 1, "0x"))
        .to.be.revertedWithCustomError(registry, "CommitteeEpochOver")
        .withArgs(id, 1, grace, grace);
      await registry.connect(admin).retire(id, 2, "0x");
      const end = await now();
      await networkHelpers.time.setNextBlockTimestamp(end + 5n);
      await expect(registry.connect(admin).retire(id, 2, "0x"))
        .to.be.revertedWithCustomError(registry, "CommitteeEpochOver")
        .withArgs(id, 2, end, end + 5n);
    });

    it("ends an old epoch in its grace time and leaves the current one", async () => {
      const { registry, fixture, admin, id, old, current } = await rotated();
      await expectApproved(fixture, old);
      await registry.connect(admin).retire(id, 1, "0x");
      await expectRefused(fixture, old, "CommitteeEpochOver", [id, 1, await now(), await now()]);
      await expectApproved(fixture, current);
    });

    it("ends the current epoch, and the committee for good", async () => {
      // Invariant C7.
      const { registry, fixture, admin, next, id, grace, current } = await rotated();
      await registry.connect(admin).retire(id, 2, "0x");
      const end = await now();
      await expectRefused(fixture, current, "CommitteeEpochOver", [id, 2, end, end]);
      await expect(registry.connect(admin).rotate(id, configOf(next, 2), grace, "0x")).to.be.revertedWithCustomError(
        registry,
        "CommitteeEpochOver",
      );
      expect((await registry.committeeOf(id)).currentEpoch).to.equal(2);
    });

    it("leaves older epochs in their grace time when the current one goes", async () => {
      const { registry, fixture, admin, id, old } = await rotated();
      await registry.connect(admin).retire(id, 2, "0x");
      await expectApproved(fixture, old);
      await registry.connect(admin).retire(id, 1, "0x");
      await expectRefused(fixture, old, "CommitteeEpochOver", [id, 1, await now(), await now()]);
    });

    it("emits EpochEnding", async () => {
      const { registry, admin, id, grace } = await rotated();
      await networkHelpers.time.setNextBlockTimestamp(grace - 100n);
      await expect(registry.connect(admin).retire(id, 1, "0x"))
        .to.emit(registry, "EpochEnding")
        .withArgs(id, 1, grace - 100n, admin.address);
    });

    describe("given the current epoch's approval", () => {
      it("takes it from whoever submits", async () => {
        const { registry, fixture, domain, stranger, next, id, old, current } = await rotated();
        const word = approvalOfKeys(next, [1, 3], retirementDigest(domain, id, 2, 1));
        await registry.connect(stranger).retire(id, 1, word);
        await expectRefused(fixture, old, "CommitteeEpochOver", [id, 1, await now(), await now()]);
        const last = approvalOfKeys(next, [1, 3], retirementDigest(domain, id, 2, 2));
        await registry.connect(stranger).retire(id, 2, last);
        await expectRefused(fixture, current, "CommitteeEpochOver", [id, 2, await now(), await now()]);
      });

      it("reverts for an approval made for another epoch", async () => {
        const { registry, domain, next, id } = await rotated();
        const word = approvalOfKeys(next, [1, 3], retirementDigest(domain, id, 2, 1));
        await expect(registry.retire(id, 2, word))
          .to.be.revertedWithCustomError(registry, "CommitteeWrongSignature")
          .withArgs(id, 2, next[1]!.address);
      });

      it("reverts for an approval made in an earlier epoch", async () => {
        // Invariants C8 and C9.
        const { registry, domain, keys, next, id } = await rotated();
        for (const epoch of [1, 2]) {
          const word = approvalOfKeys(keys, [0, 1, 2], retirementDigest(domain, id, epoch, 2));
          await expect(registry.retire(id, 2, word))
            .to.be.revertedWithCustomError(registry, "CommitteeWrongSignature")
            .withArgs(id, 2, next[0]!.address);
        }
      });

      it("reverts once the current epoch is over", async () => {
        const { registry, admin, domain, next, id } = await rotated();
        await registry.connect(admin).retire(id, 2, "0x");
        const end = await now();
        await networkHelpers.time.setNextBlockTimestamp(end + 1n);
        const word = approvalOfKeys(next, [1, 3], retirementDigest(domain, id, 2, 1));
        await expect(registry.retire(id, 1, word))
          .to.be.revertedWithCustomError(registry, "CommitteeEpochOver")
          .withArgs(id, 2, end, end + 1n);
      });
    });

    describe("given an empty approval", () => {
      it("lets the admin retire", async () => {
        const { registry, admin, id } = await rotated();
        await registry.connect(admin).retire(id, 2, "0x");
        expect((await registry.epochOf(id, 2)).validUntil).to.equal(await now());
      });

      it("reverts for anyone but the admin", async () => {
        const { registry, admin, creator, id } = await rotated();
        await expect(registry.retire(id, 2, "0x"))
          .to.be.revertedWithCustomError(registry, "CommitteeNotAdmin")
          .withArgs(id, admin.address, creator.address);
      });
    });
  });
});
