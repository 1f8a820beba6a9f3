import { expect } from "chai";

import { OPEN } from "../helpers/committee.js";
import { configOf, createCommittee, deployRegistry, ethers, networkHelpers } from "./fixture.js";

describe("CommitteeRegistry", () => {
  /** A committee in its second epoch. */
  async function rotated() {
    const fixture = await deployRegistry();
    const { registry, admin, keys } = fixture;
    const id = await createCommittee(fixture, configOf(keys.slice(0, 3), 2), { admin: admin.address });
    const from = BigInt(await networkHelpers.time.latest());
    await networkHelpers.time.setNextBlockTimestamp(from + 10n);
    await registry.connect(admin).rotate(id, configOf(keys.slice(2, 6), 3, fixture.group.key), from + 100n, "0x");
    return { ...fixture, id, from };
  }

  describe("committeeOf", () => {
    it("gives admin, attributable and current epoch", async () => {
      const { registry, admin, id } = await rotated();
      expect(await registry.committeeOf(id)).to.deep.equal([admin.address, false, 2n]);
    });

    it("gives epoch 0 for no committee", async () => {
      const { registry } = await rotated();
      expect(await registry.committeeOf(ethers.id("nobody"))).to.deep.equal([ethers.ZeroAddress, false, 0n]);
    });
  });

  describe("epochOf", () => {
    it("gives each epoch's own data", async () => {
      const { registry, group, id, from } = await rotated();
      expect(await registry.epochOf(id, 1)).to.deep.equal([from, from + 100n, 2n, 3n, false, 0n, false]);
      const odd = group.key.y % 2n === 1n;
      expect(await registry.epochOf(id, 2)).to.deep.equal([from + 10n, OPEN, 3n, 4n, false, group.key.x, odd]);
    });

    it("reverts for an epoch that never was", async () => {
      const { registry, id } = await rotated();
      await expect(registry.epochOf(ethers.id("nobody"), 1))
        .to.be.revertedWithCustomError(registry, "CommitteeUnknown")
        .withArgs(ethers.id("nobody"));
      for (const epoch of [0, 3]) {
        await expect(registry.epochOf(id, epoch))
          .to.be.revertedWithCustomError(registry, "CommitteeUnknownEpoch")
          .withArgs(id, 2, epoch);
      }
    });
  });

  describe("membersOf", () => {
    it("gives each epoch's own members", async () => {
      const { registry, keys, id } = await rotated();
      const addresses = keys.map((key) => key.address);
      expect(await registry.membersOf(id, 1)).to.deep.equal(addresses.slice(0, 3));
      expect(await registry.membersOf(id, 2)).to.deep.equal(addresses.slice(2, 6));
    });

    it("reverts for an epoch that never was", async () => {
      const { registry, id } = await rotated();
      await expect(registry.membersOf(ethers.id("nobody"), 1))
        .to.be.revertedWithCustomError(registry, "CommitteeUnknown")
        .withArgs(ethers.id("nobody"));
      for (const epoch of [0, 3]) {
        await expect(registry.membersOf(id, epoch))
          .to.be.revertedWithCustomError(registry, "CommitteeUnknownEpoch")
          .withArgs(id, 2, epoch);
      }
    });
  });

  describe("eip712Domain", () => {
    it("names contract and version", async () => {
      const { registry, domain } = await rotated();
      const { name, version, chainId, verifyingContract } = await registry.eip712Domain();
      expect({ name, version, chainId, verifyingContract }).to.deep.equal(domain);
    });
  });
});
