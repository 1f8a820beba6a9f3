import { expect } from "chai";

import {
  approvalOfKeys,
  committeeDigest,
  type CommitteeDomain,
  type EpochConfig,
  memberKeys,
  OPEN,
  rotationDigest,
} from "../helpers/committee.js";
import { frostApproval, signWithFrostGroup } from "../helpers/frost.js";
import { seededBytes } from "../helpers/random.js";
import {
  configOf,
  confirmationDigest,
  createCommittee,
  createWithGroupKey,
  deployRegistry,
  DIGEST,
  ethers,
  expectApproved,
  expectRefused,
  mineAt,
  networkHelpers,
} from "./fixture.js";

describe("CommitteeRegistry", () => {
  describe("rotate", () => {
    /** A 3-of-5 committee with an admin, and the four that follow as 2-of-4. */
    async function committee({ attributable = false, hasAdmin = true } = {}) {
      const fixture = await deployRegistry();
      const admin = hasAdmin ? fixture.admin.address : ethers.ZeroAddress;
      const id = await createCommittee(fixture, configOf(fixture.keys.slice(0, 5), 3), { admin, attributable });
      const next = memberKeys(4, "next");
      const grace = BigInt(await networkHelpers.time.latest()) + 3_600n;
      return { ...fixture, fixture, id, next, config: configOf(next, 2), grace };
    }

    it("reverts for an unknown committee", async () => {
      const { registry, config, grace } = await committee();
      const id = ethers.id("nobody");
      await expect(registry.rotate(id, config, grace, "0x"))
        .to.be.revertedWithCustomError(registry, "CommitteeUnknown")
        .withArgs(id);
    });

    it("reverts when the current epoch was retired", async () => {
      const { registry, admin, id, config, grace, keys, domain } = await committee();
      await registry.connect(admin).retire(id, 1, "0x");
      const end = BigInt(await networkHelpers.time.latest());
      const approval = approvalOfKeys(keys, [0, 1, 2], rotationDigest(domain, id, 1, config, grace));
      for (const word of ["0x", approval]) {
        await mineAt(BigInt(await networkHelpers.time.latest()) + 100n);
        const now = BigInt(await networkHelpers.time.latest());
        await networkHelpers.time.setNextBlockTimestamp(now + 1n);
        await expect(registry.connect(admin).rotate(id, config, grace, word))
          .to.be.revertedWithCustomError(registry, "CommitteeEpochOver")
          .withArgs(id, 1, end, now + 1n);
      }
    });

    it('reverts for a grace time of "no end"', async () => {
      const { registry, admin, id, config } = await committee();
      await expect(registry.connect(admin).rotate(id, config, OPEN, "0x"))
        .to.be.revertedWithCustomError(registry, "CommitteeGraceOutOfRange")
        .withArgs(OPEN);
      await registry.connect(admin).rotate(id, config, OPEN - 1n, "0x");
      expect((await registry.epochOf(id, 1)).validUntil).to.equal(OPEN - 1n);
    });

    it("reverts for members, threshold or key that create would refuse", async () => {
      const { registry, admin, id, next, grace } = await committee();
      const rotate = async (config: EpochConfig) => registry.connect(admin).rotate(id, config, grace, "0x");
      await expect(rotate(configOf([], 1)))
        .to.be.revertedWithCustomError(registry, "CommitteeMemberCount")
        .withArgs(255, 0);
      await expect(rotate(configOf([next[0]!, ethers.ZeroAddress], 1)))
        .to.be.revertedWithCustomError(registry, "CommitteeZeroMember")
        .withArgs(1);
      await expect(rotate(configOf([next[1]!, next[0]!, next[1]!], 1)))
        .to.be.revertedWithCustomError(registry, "CommitteeDuplicateMember")
        .withArgs(next[1]!.address, 0, 2);
      await expect(rotate(configOf(next, 5)))
        .to.be.revertedWithCustomError(registry, "CommitteeThresholdOutOfRange")
        .withArgs(4, 5);
      await expect(rotate(configOf(next, 2, { x: 5n, y: 5n })))
        .to.be.revertedWithCustomError(registry, "CommitteeInvalidGroupKey")
        .withArgs(5, 5);
      expect((await registry.committeeOf(id)).currentEpoch).to.equal(1);
    });

    it("makes a key proposed for the new epoch wait for its own members", async () => {
      const fixture = await deployRegistry();
      const { registry, domain, group, admin } = fixture;
      const id = await createWithGroupKey(fixture, { admin: admin.address });
      const next = memberKeys(4, "next");
      await registry.connect(admin).rotate(id, configOf(next, 2, group.key), 0, "0x");
      const approval = frostApproval(signWithFrostGroup(group, DIGEST, seededBytes("sign")));
      await expectRefused(fixture, { id, approval, epoch: 2 }, "CommitteeGroupKeyUnconfirmed", [id, 2]);
      const confirmation = approvalOfKeys(next, [1, 3], confirmationDigest(domain, id, 2, group.key));
      await registry.confirmGroupKey(id, 2, group.key, confirmation);
      await expectApproved(fixture, { id, approval, epoch: 2 });
    });

    describe("given the current epoch's approval", () => {
      async function approved() {
        const base = await committee({ hasAdmin: false });
        const { keys, domain, id, config, grace } = base;
        const approval = approvalOfKeys(keys, [0, 2, 4], rotationDigest(domain, id, 1, config, grace));
        return { ...base, approval };
      }

      it("starts the next epoch, whoever submits", async () => {
        const { registry, fixture, stranger, id, config, next, grace, approval } = await approved();
        expect(await registry.connect(stranger).rotate.staticCall(id, config, grace, approval)).to.equal(2);
        await registry.connect(stranger).rotate(id, config, grace, approval);
        const now = BigInt(await networkHelpers.time.latest());
        expect(await registry.committeeOf(id)).to.deep.equal([ethers.ZeroAddress, false, 2n]);
        expect(await registry.epochOf(id, 2)).to.deep.equal([now, OPEN, 2n, 4n, false, 0n, false]);
        expect(await registry.membersOf(id, 2)).to.deep.equal(config.members);
        await expectApproved(fixture, { id, epoch: 2, approval: approvalOfKeys(next, [0, 3], DIGEST) });
      });

      it("emits EpochEnding and EpochStarted", async () => {
        const { registry, stranger, id, config, grace, approval } = await approved();
        await expect(registry.connect(stranger).rotate(id, config, grace, approval))
          .to.emit(registry, "EpochEnding")
          .withArgs(id, 1, grace, stranger.address)
          .and.to.emit(registry, "EpochStarted")
          .withArgs(id, 2, config.members, 2, 0, 0);
      });

      it("lets the old epoch approve until the grace time, to the second", async () => {
        // Invariant C5.
        const { registry, fixture, keys, id, config, grace, approval } = await approved();
        await registry.rotate(id, config, grace, approval);
        const old = approvalOfKeys(keys, [0, 1, 2], DIGEST);
        await expectApproved(fixture, { id, approval: old });
        await mineAt(grace - 1n);
        await expectApproved(fixture, { id, approval: old });
        await mineAt(grace);
        await expectRefused(fixture, { id, approval: old }, "CommitteeEpochOver", [id, 1, grace, grace]);
      });

      it("ends the old epoch at once for a grace time in the past", async () => {
        const { registry, fixture, domain, keys, id, config } = await approved();
        const past = 1_000n;
        const word = approvalOfKeys(keys, [0, 2, 4], rotationDigest(domain, id, 1, config, past));
        await registry.rotate(id, config, past, word);
        const now = BigInt(await networkHelpers.time.latest());
        expect((await registry.epochOf(id, 1)).validUntil).to.equal(now);
        const old = approvalOfKeys(keys, [0, 1, 2], DIGEST);
        await expectRefused(fixture, { id, approval: old }, "CommitteeEpochOver", [id, 1, now, now]);
      });

      it("takes a FROST approval", async () => {
        const fixture = await deployRegistry();
        const { registry, domain, group } = fixture;
        const id = await createWithGroupKey(fixture);
        const config = configOf(memberKeys(4, "next"), 2);
        const digest = rotationDigest(domain, id, 1, config, 0);
        await registry.rotate(id, config, 0, frostApproval(signWithFrostGroup(group, digest, seededBytes("sign"))));
        expect((await registry.committeeOf(id)).currentEpoch).to.equal(2);
      });

      it("takes no second rotation by the same approval", async () => {
        // Invariant C8. The same members rotate to themselves: only the epoch in the digest tells the second from the first.
        const { registry, domain, keys, id } = await approved();
        const config = configOf(keys.slice(0, 5), 3);
        const word = approvalOfKeys(keys, [0, 1, 2], rotationDigest(domain, id, 1, config, 0));
        await registry.rotate(id, config, 0, word);
        await expect(registry.rotate(id, config, 0, word))
          .to.be.revertedWithCustomError(registry, "CommitteeWrongSignature")
          .withArgs(id, 2, keys[0]!.address);
      });

      it("reverts for the approval of an older epoch in its grace time", async () => {
        const { registry, domain, keys, next, id, config, grace, approval } = await approved();
        await registry.rotate(id, config, grace, approval);
        const again = configOf(keys.slice(0, 3), 1);
        const word = approvalOfKeys(keys, [0, 2, 3], rotationDigest(domain, id, 2, again, grace));
        await expect(registry.rotate(id, again, grace, word))
          .to.be.revertedWithCustomError(registry, "CommitteeWrongSignature")
          .withArgs(id, 2, next[0]!.address);
      });

      it("reverts when any field differs from what was approved", async () => {
        const { registry, keys, id, config, grace, approval } = await approved();
        const changes: readonly [EpochConfig, bigint][] = [
          [{ ...config, members: config.members.toReversed() }, grace],
          [{ ...config, members: config.members.slice(0, 3) }, grace],
          [{ ...config, threshold: 1 }, grace],
          [{ ...config, groupKey: (await committee()).group.key }, grace],
          [config, grace + 1n],
        ];
        for (const [changed, until] of changes) {
          await expect(registry.rotate(id, changed, until, approval))
            .to.be.revertedWithCustomError(registry, "CommitteeWrongSignature")
            .withArgs(id, 1, keys[0]!.address);
        }
        await registry.rotate(id, config, grace, approval);
      });

      it("reverts for an approval made for another chain, contract, committee or epoch", async () => {
        // Invariant C8.
        const { registry, domain, keys, id, config, grace, approval } = await approved();
        const made: readonly [CommitteeDomain, string, number][] = [
          [{ ...domain, chainId: domain.chainId + 1n }, id, 1],
          [{ ...domain, verifyingContract: keys[0]!.address }, id, 1],
          [{ ...domain, name: "Guildhall ReferralDeals" }, id, 1],
          [domain, ethers.id("another"), 1],
          [domain, id, 2],
        ];
        for (const [other, committeeId, epoch] of made) {
          const word = approvalOfKeys(keys, [0, 2, 4], rotationDigest(other, committeeId, epoch, config, grace));
          await expect(registry.rotate(id, config, grace, word))
            .to.be.revertedWithCustomError(registry, "CommitteeWrongSignature")
            .withArgs(id, 1, keys[0]!.address);
        }
        const retirement = committeeDigest(domain, "Retirement", { committeeId: id, currentEpoch: 1, epoch: 1 });
        await expect(registry.rotate(id, config, grace, approvalOfKeys(keys, [0, 2, 4], retirement)))
          .to.be.revertedWithCustomError(registry, "CommitteeWrongSignature")
          .withArgs(id, 1, keys[0]!.address);
        await registry.rotate(id, config, grace, approval);
      });
    });

    describe("given an empty approval", () => {
      it("lets the admin rotate", async () => {
        const { registry, admin, id, config, grace } = await committee();
        await registry.connect(admin).rotate(id, config, grace, "0x");
        expect(await registry.committeeOf(id)).to.deep.equal([admin.address, false, 2n]);
      });

      it("reverts for anyone but the admin", async () => {
        // Invariant C9.
        const { registry, admin, creator, stranger, id, config, grace } = await committee();
        for (const caller of [creator, stranger]) {
          await expect(registry.connect(caller).rotate(id, config, grace, "0x"))
            .to.be.revertedWithCustomError(registry, "CommitteeNotAdmin")
            .withArgs(id, admin.address, caller.address);
        }
      });

      it("reverts where there is no admin", async () => {
        const { registry, creator, id, config, grace } = await committee({ hasAdmin: false });
        await expect(registry.rotate(id, config, grace, "0x"))
          .to.be.revertedWithCustomError(registry, "CommitteeNotAdmin")
          .withArgs(id, ethers.ZeroAddress, creator.address);
      });
    });

    describe("given an attributable committee", () => {
      it("stays attributable", async () => {
        const { registry, fixture, admin, group, next, id, config, grace } = await committee({ attributable: true });
        await registry.connect(admin).rotate(id, config, grace, "0x");
        expect(await registry.committeeOf(id)).to.deep.equal([admin.address, true, 2n]);
        const approval = frostApproval(signWithFrostGroup(group, DIGEST, seededBytes("sign")));
        await expectRefused(fixture, { id, approval, epoch: 2 }, "CommitteeAttributable", [id]);
        await expectApproved(fixture, { id, approval: approvalOfKeys(next, [0, 1], DIGEST), epoch: 2 });
      });

      it("reverts for a group key", async () => {
        const { registry, admin, group, next, id, grace } = await committee({ attributable: true });
        await expect(registry.connect(admin).rotate(id, configOf(next, 2, group.key), grace, "0x"))
          .to.be.revertedWithCustomError(registry, "CommitteeAttributable")
          .withArgs(id);
      });
    });
  });
});
