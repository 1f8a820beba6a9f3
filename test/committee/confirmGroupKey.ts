import { expect } from "chai";

import { approvalOfKeys, type GroupKey, NO_KEY, OPEN } from "../helpers/committee.js";
import { dealFrostGroup, frostApproval, signWithFrostGroup } from "../helpers/frost.js";
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
  networkHelpers,
  type CreateOptions,
} from "./fixture.js";

describe("CommitteeRegistry", () => {
  describe("confirmGroupKey", () => {
    /** A 3-of-5 committee that proposes `proposed`, and its members' approval of the fixture's group key. */
    async function committee(proposed: GroupKey = NO_KEY, options: CreateOptions = {}) {
      const fixture = await deployRegistry();
      const { domain, keys, group } = fixture;
      const id = await createCommittee(fixture, configOf(keys.slice(0, 5), 3, proposed), options);
      const confirmation = approvalOfKeys(keys, [0, 1, 2], confirmationDigest(domain, id, 1, group.key));
      const approval = frostApproval(signWithFrostGroup(group, DIGEST, seededBytes("sign")));
      return { ...fixture, fixture, id, confirmation, approval };
    }

    it("makes the group's signature count", async () => {
      const { registry, fixture, stranger, id, group, confirmation, approval } = await committee();
      await expectRefused(fixture, { id, approval }, "CommitteeGroupKeyUnconfirmed", [id, 1]);
      await registry.connect(stranger).confirmGroupKey(id, 1, group.key, confirmation);
      await expectApproved(fixture, { id, approval });
    });

    it("emits GroupKeyConfirmed", async () => {
      const { registry, id, group, confirmation } = await committee();
      await expect(registry.confirmGroupKey(id, 1, group.key, confirmation))
        .to.emit(registry, "GroupKeyConfirmed")
        .withArgs(id, 1, group.key.x, group.key.y);
    });

    it("keeps the rest of the epoch", async () => {
      const { registry, fixture, keys, id, group, confirmation } = await committee();
      const { validFrom } = await registry.epochOf(id, 1);
      await registry.confirmGroupKey(id, 1, group.key, confirmation);
      const expected = [validFrom, OPEN, 3n, 5n, true, group.key.x, group.key.y % 2n === 1n];
      expect(await registry.epochOf(id, 1)).to.deep.equal(expected);
      await expectApproved(fixture, { id, approval: approvalOfKeys(keys, [2, 3, 4], DIGEST) });
    });

    it("takes another key than the proposed one", async () => {
      // The proposal has the other parity, which must not stay.
      const group = (await deployRegistry()).group;
      const proposed = dealUntil(group.key.y % 2n === 0n).key;
      const { registry, fixture, id, confirmation, approval } = await committee(proposed);
      expect((await registry.epochOf(id, 1)).groupKeyX).to.equal(proposed.x);
      await registry.confirmGroupKey(id, 1, group.key, confirmation);
      expect((await registry.epochOf(id, 1)).groupKeyX).to.equal(group.key.x);
      await expectApproved(fixture, { id, approval });
    });

    it("takes a key of either parity", async () => {
      const fixture = await deployRegistry();
      const { registry, domain, keys } = fixture;
      for (const odd of [true, false]) {
        const group = dealUntil(odd);
        const id = await createCommittee(fixture, configOf(keys, 3), { salt: ethers.id(`${odd}`) });
        const confirmation = approvalOfKeys(keys, [0, 1, 2], confirmationDigest(domain, id, 1, group.key));
        await registry.confirmGroupKey(id, 1, group.key, confirmation);
        expect((await registry.epochOf(id, 1)).groupKeyOdd).to.equal(odd);
        const approval = frostApproval(signWithFrostGroup(group, DIGEST, seededBytes("sign")));
        await expectApproved(fixture, { id, approval });
      }
    });

    it("leaves a key of the creator's own without power", async () => {
      // Invariant C6: the creator names honest members and a key that he alone holds.
      const own = dealFrostGroup(2, 2, seededBytes("creator"));
      const { registry, fixture, creator, id } = await committee(own.key);
      const approval = frostApproval(signWithFrostGroup(own, DIGEST, seededBytes("sign")));
      await expectRefused(fixture, { id, approval }, "CommitteeGroupKeyUnconfirmed", [id, 1]);
      const digest = confirmationDigest(fixture.domain, id, 1, own.key);
      const self = frostApproval(signWithFrostGroup(own, digest, seededBytes("self")));
      await expect(registry.connect(creator).confirmGroupKey(id, 1, own.key, self))
        .to.be.revertedWithCustomError(registry, "CommitteeWrongScheme")
        .withArgs(id, 1, "0x02");
      await expectRefused(fixture, { id, approval }, "CommitteeGroupKeyUnconfirmed", [id, 1]);
    });

    it("reverts for an unknown committee", async () => {
      const { registry, group, confirmation } = await committee();
      const id = ethers.id("nobody");
      await expect(registry.confirmGroupKey(id, 1, group.key, confirmation))
        .to.be.revertedWithCustomError(registry, "CommitteeUnknown")
        .withArgs(id);
    });

    it("reverts for an epoch the committee has not reached", async () => {
      const { registry, id, group, confirmation } = await committee();
      await expect(registry.confirmGroupKey(id, 2, group.key, confirmation))
        .to.be.revertedWithCustomError(registry, "CommitteeUnknownEpoch")
        .withArgs(id, 1, 2);
    });

    it("reverts for an epoch that is over", async () => {
      const { admin } = await deployRegistry();
      const { registry, id, group, confirmation } = await committee(NO_KEY, { admin: admin.address });
      await registry.connect(admin).retire(id, 1, "0x");
      const end = BigInt(await networkHelpers.time.latest());
      await networkHelpers.time.setNextBlockTimestamp(end + 1n);
      await expect(registry.confirmGroupKey(id, 1, group.key, confirmation))
        .to.be.revertedWithCustomError(registry, "CommitteeEpochOver")
        .withArgs(id, 1, end, end + 1n);
    });

    it("reverts for an attributable committee", async () => {
      const { registry, id, group, confirmation } = await committee(NO_KEY, { attributable: true });
      await expect(registry.confirmGroupKey(id, 1, group.key, confirmation))
        .to.be.revertedWithCustomError(registry, "CommitteeAttributable")
        .withArgs(id);
    });

    it("reverts for an invalid key", async () => {
      const { registry, domain, keys, id, group } = await committee();
      for (const key of [NO_KEY, { x: group.key.x, y: group.key.y ^ 1n }, { x: group.key.y, y: group.key.x }]) {
        const confirmation = approvalOfKeys(keys, [0, 1, 2], confirmationDigest(domain, id, 1, key));
        await expect(registry.confirmGroupKey(id, 1, key, confirmation))
          .to.be.revertedWithCustomError(registry, "CommitteeInvalidGroupKey")
          .withArgs(key.x, key.y);
      }
    });

    it("reverts when a key is confirmed already", async () => {
      const { registry, domain, keys, id, group, confirmation } = await committee();
      await registry.confirmGroupKey(id, 1, group.key, confirmation);
      const other = dealUntil(true);
      const second = approvalOfKeys(keys, [0, 1, 2], confirmationDigest(domain, id, 1, other.key));
      for (const [key, word] of [
        [group.key, confirmation],
        [other.key, second],
      ] as const) {
        await expect(registry.confirmGroupKey(id, 1, key, word))
          .to.be.revertedWithCustomError(registry, "CommitteeGroupKeyAlreadyConfirmed")
          .withArgs(id, 1);
      }
    });

    it("reverts for a FROST approval", async () => {
      const { registry, domain, id, group } = await committee();
      const digest = confirmationDigest(domain, id, 1, group.key);
      const word = frostApproval(signWithFrostGroup(group, digest, seededBytes("self")));
      await expect(registry.confirmGroupKey(id, 1, group.key, word))
        .to.be.revertedWithCustomError(registry, "CommitteeWrongScheme")
        .withArgs(id, 1, "0x02");
    });

    it("reverts for too few members", async () => {
      const { registry, domain, keys, id, group } = await committee();
      const word = approvalOfKeys(keys, [0, 1], confirmationDigest(domain, id, 1, group.key));
      await expect(registry.confirmGroupKey(id, 1, group.key, word))
        .to.be.revertedWithCustomError(registry, "CommitteeTooFew")
        .withArgs(id, 1, 3, 2);
    });

    it("reverts for the admin alone", async () => {
      const { admin } = await deployRegistry();
      const { registry, id, group } = await committee(NO_KEY, { admin: admin.address });
      await expect(registry.connect(admin).confirmGroupKey(id, 1, group.key, "0x"))
        .to.be.revertedWithCustomError(registry, "CommitteeMalformedApproval")
        .withArgs(id, 1, 1, 0);
    });

    it("reverts for an approval made for another chain, contract, committee, epoch or key", async () => {
      // Invariant C8.
      const { registry, domain, keys, id, group, confirmation } = await committee();
      const other = dealUntil(true).key;
      for (const digest of [
        confirmationDigest({ ...domain, chainId: 1n }, id, 1, group.key),
        confirmationDigest({ ...domain, verifyingContract: keys[0]!.address }, id, 1, group.key),
        confirmationDigest(domain, ethers.id("another"), 1, group.key),
        confirmationDigest(domain, id, 2, group.key),
        confirmationDigest(domain, id, 1, other),
      ]) {
        await expect(registry.confirmGroupKey(id, 1, group.key, approvalOfKeys(keys, [0, 1, 2], digest)))
          .to.be.revertedWithCustomError(registry, "CommitteeWrongSignature")
          .withArgs(id, 1, keys[0]!.address);
      }
      await registry.confirmGroupKey(id, 1, group.key, confirmation);
    });

    it("confirms anew in the next epoch", async () => {
      const fixture = await deployRegistry();
      const { registry, domain, keys, admin, group } = fixture;
      const id = await createWithGroupKey(fixture, { admin: admin.address });
      await registry.connect(admin).rotate(id, configOf(keys, 4), 0, "0x");
      const word = approvalOfKeys(keys, [0, 1, 2, 3], confirmationDigest(domain, id, 2, group.key));
      await registry.confirmGroupKey(id, 2, group.key, word);
      expect((await registry.epochOf(id, 2)).groupKeyConfirmed).to.equal(true);
    });

    /** A group whose key has that parity. */
    function dealUntil(odd: boolean) {
      const random = seededBytes(`parity/${odd}`);
      for (;;) {
        const group = dealFrostGroup(2, 3, random);
        if ((group.key.y % 2n === 1n) === odd) return group;
      }
    }
  });
});
