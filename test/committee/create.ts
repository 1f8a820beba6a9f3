import { secp256k1 } from "@noble/curves/secp256k1.js";
import { expect } from "chai";

import { committeeIdOf, memberKeys, NO_KEY, OPEN } from "../helpers/committee.js";
import { configOf, createCommittee, deployRegistry, ethers, networkHelpers, SALT } from "./fixture.js";

describe("CommitteeRegistry", () => {
  describe("create", () => {
    it("gives the id of creator and salt", async () => {
      const { registry, keys, creator } = await deployRegistry();
      const id = await registry.create.staticCall(SALT, ethers.ZeroAddress, false, configOf(keys, 5));
      expect(id).to.equal(committeeIdOf(creator.address, SALT));
    });

    it("emits CommitteeCreated and EpochStarted", async () => {
      const { registry, keys, creator, admin, group } = await deployRegistry();
      const config = configOf(keys, 5, group.key);
      const id = committeeIdOf(creator.address, SALT);
      await expect(registry.create(SALT, admin.address, false, config))
        .to.emit(registry, "CommitteeCreated")
        .withArgs(id, creator.address, admin.address, SALT, false)
        .and.to.emit(registry, "EpochStarted")
        .withArgs(id, 1, config.members, 5, group.key.x, group.key.y);
    });

    it("starts epoch 1 open from now", async () => {
      const fixture = await deployRegistry();
      const { registry, keys, admin } = fixture;
      const id = await createCommittee(fixture, configOf(keys, 5), { admin: admin.address });
      expect(await registry.committeeOf(id)).to.deep.equal([admin.address, false, 1n]);
      const now = BigInt(await networkHelpers.time.latest());
      expect(await registry.epochOf(id, 1)).to.deep.equal([now, OPEN, 5n, 7n, false, 0n, false]);
    });

    it("keeps the members in their order, whatever that is", async () => {
      const fixture = await deployRegistry();
      const { registry, keys } = fixture;
      for (const members of [keys, keys.toReversed(), [3, 0, 6, 1, 5, 2, 4].map((i) => keys[i]!)]) {
        const config = configOf(members, 4);
        const id = await createCommittee(fixture, config, { salt: ethers.id(config.members.join()) });
        expect(await registry.membersOf(id, 1)).to.deep.equal(config.members);
      }
    });

    it("takes 1 and 255 members", async () => {
      const fixture = await deployRegistry();
      const { registry } = fixture;
      for (const count of [1, 255]) {
        const config = configOf(memberKeys(count), count);
        const id = await createCommittee(fixture, config, { salt: ethers.id(`${count}`) });
        expect(await registry.membersOf(id, 1)).to.deep.equal(config.members);
        expect((await registry.epochOf(id, 1)).memberCount).to.equal(count);
      }
    });

    it("gives another creator another id for the same salt", async () => {
      const { registry, keys, creator, stranger } = await deployRegistry();
      await registry.create(SALT, ethers.ZeroAddress, false, configOf(keys, 5));
      await registry.connect(stranger).create(SALT, ethers.ZeroAddress, false, configOf(keys, 1));
      const [one, other] = [creator, stranger].map(({ address }) => committeeIdOf(address, SALT));
      expect((await registry.epochOf(one!, 1)).threshold).to.equal(5n);
      expect((await registry.epochOf(other!, 1)).threshold).to.equal(1n);
    });

    it("reverts when the creator used the salt before", async () => {
      const fixture = await deployRegistry();
      const { registry, keys } = fixture;
      const id = await createCommittee(fixture, configOf(keys, 5));
      await expect(registry.create(SALT, ethers.ZeroAddress, false, configOf(keys, 4)))
        .to.be.revertedWithCustomError(registry, "CommitteeExists")
        .withArgs(id);
    });

    for (const count of [0, 256]) {
      it(count === 0 ? "reverts without members" : "reverts with 256 members", async () => {
        const { registry } = await deployRegistry();
        await expect(registry.create(SALT, ethers.ZeroAddress, false, configOf(memberKeys(count), 1)))
          .to.be.revertedWithCustomError(registry, "CommitteeMemberCount")
          .withArgs(255, count);
      });
    }

    it("reverts for a zero member at any place", async () => {
      const { registry, keys } = await deployRegistry();
      for (const index of [0, 3, 6]) {
        const config = configOf(keys, 5);
        config.members[index] = ethers.ZeroAddress;
        await expect(registry.create(SALT, ethers.ZeroAddress, false, config))
          .to.be.revertedWithCustomError(registry, "CommitteeZeroMember")
          .withArgs(index);
      }
    });

    it("reverts for a duplicate among ascending members", async () => {
      const { registry, keys } = await deployRegistry();
      for (const index of [0, 3, 5]) {
        const config = configOf(keys, 5);
        config.members[index + 1] = config.members[index]!;
        await expect(registry.create(SALT, ethers.ZeroAddress, false, config))
          .to.be.revertedWithCustomError(registry, "CommitteeDuplicateMember")
          .withArgs(config.members[index], index, index + 1);
      }
    });

    it("reverts for a duplicate among members in any order", async () => {
      const { registry, keys } = await deployRegistry();
      for (const members of [keys, keys.toReversed(), [3, 0, 6, 1, 5, 2, 4].map((i) => keys[i]!)]) {
        for (let first = 0; first < 7; first += 1) {
          for (let second = first + 1; second < 7; second += 1) {
            const config = configOf(members, 5);
            config.members[second] = config.members[first]!;
            await expect(registry.create.staticCall(SALT, ethers.ZeroAddress, false, config))
              .to.be.revertedWithCustomError(registry, "CommitteeDuplicateMember")
              .withArgs(config.members[first], first, second);
          }
        }
      }
    });

    for (const [what, threshold] of [
      ["of zero", 0],
      ["above the number of members", 8],
    ] as const) {
      it(`reverts for a threshold ${what}`, async () => {
        const { registry, keys } = await deployRegistry();
        await expect(registry.create(SALT, ethers.ZeroAddress, false, configOf(keys, threshold)))
          .to.be.revertedWithCustomError(registry, "CommitteeThresholdOutOfRange")
          .withArgs(7, threshold);
      });
    }

    describe("given a group key", () => {
      it("keeps the key of either parity, unconfirmed", async () => {
        const fixture = await deployRegistry();
        const { registry, keys, group } = fixture;
        // The point on the other side has the other parity.
        for (const y of [group.key.y, secp256k1.Point.Fp.ORDER - group.key.y]) {
          const config = configOf(keys, 5, { x: group.key.x, y });
          const id = await createCommittee(fixture, config, { salt: ethers.id(`${y}`) });
          const epoch = await registry.epochOf(id, 1);
          expect(epoch.groupKeyX).to.equal(group.key.x);
          expect(epoch.groupKeyOdd).to.equal(y % 2n === 1n);
          expect(epoch.groupKeyConfirmed).to.equal(false);
        }
      });

      it("reverts for a key off the curve", async () => {
        const { registry, keys, group } = await deployRegistry();
        for (const key of [
          { x: group.key.x, y: group.key.y + 1n },
          { x: 0n, y: 1n },
          { x: 1n, y: 0n },
        ]) {
          await expect(registry.create(SALT, ethers.ZeroAddress, false, configOf(keys, 5, key)))
            .to.be.revertedWithCustomError(registry, "CommitteeInvalidGroupKey")
            .withArgs(key.x, key.y);
        }
      });

      it("reverts for a key whose x is not below the group order", async () => {
        const { registry, keys } = await deployRegistry();
        // The first point of the curve from the order up.
        const key = {
          x: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
          y: 0x98f66641cb0ae1776b463ebdee3d77fe2658f021db48e2c8ac7ab4c92f83621en,
        };
        await expect(registry.create(SALT, ethers.ZeroAddress, false, configOf(keys, 5, key)))
          .to.be.revertedWithCustomError(registry, "CommitteeInvalidGroupKey")
          .withArgs(key.x, key.y);
      });

      it("reverts where the committee is attributable", async () => {
        const { registry, keys, group, creator } = await deployRegistry();
        await expect(registry.create(SALT, ethers.ZeroAddress, true, configOf(keys, 5, group.key)))
          .to.be.revertedWithCustomError(registry, "CommitteeAttributable")
          .withArgs(committeeIdOf(creator.address, SALT));
      });
    });

    describe("given an attributable committee", () => {
      it("says so", async () => {
        const fixture = await deployRegistry();
        const id = await createCommittee(fixture, configOf(fixture.keys, 5, NO_KEY), { attributable: true });
        expect((await fixture.registry.committeeOf(id)).attributable).to.equal(true);
      });
    });
  });
});
