import { expect } from "chai";
import { id, ZeroAddress, ZeroHash } from "ethers";

import { at, createPool, CYCLE, Form, loadWorld, Mode, networkHelpers, refused } from "../helpers/rewards.js";

const DELAY = 3n * CYCLE;

describe("RewardPool", () => {
  describe("changeVerifier", () => {
    async function fixture(mode: bigint = Mode.VERIFIER) {
      const world = await loadWorld();
      const state = await createPool(world, { mode });
      const change = async (verifier: string, by = world.operator) =>
        world.pool.connect(by).changeVerifier(state.poolId, verifier);
      /** The verifier in office, the one announced and its time. */
      const verifiers = async () => {
        const pool = await world.pool.poolOf(state.poolId);
        return [pool.verifier, pool.nextVerifier, pool.nextVerifierFrom];
      };
      return { world, poolId: state.poolId, change, verifiers };
    }

    it("reverts for anybody but the operator", async () => {
      const { world, change } = await fixture();
      const args = [world.operator.address, world.registrar.address];
      await refused(world, change(world.nextVerifier, world.registrar), "RewardPoolNotOperator", args, async () =>
        change(world.nextVerifier),
      );
    });

    it("reverts for no verifier", async () => {
      const { world, change } = await fixture();
      const args = [Mode.VERIFIER, Form.ROOT, ZeroHash, ZeroAddress];
      await refused(world, change(ZeroHash), "RewardPoolModeMismatch", args, async () => change(world.nextVerifier));
    });

    it("reverts in a mode that asks none", async () => {
      const { world, change } = await fixture(Mode.ROSTER);
      const args = [Mode.ROSTER, Form.ROOT, world.nextVerifier, ZeroAddress];
      await refused(world, change(world.nextVerifier), "RewardPoolModeMismatch", args);
    });

    it("puts the next one into office at the second that it announced", async () => {
      const { world, poolId, change, verifiers } = await fixture(Mode.BOTH);
      const from = BigInt(await networkHelpers.time.latest()) + 100n + DELAY;
      await at(from - DELAY);
      await expect(change(world.nextVerifier))
        .to.emit(world.pool, "VerifierAnnounced")
        .withArgs(poolId, world.nextVerifier, from);
      await networkHelpers.time.increaseTo(from - 1n);
      expect(await verifiers()).to.deep.equal([world.verifier, world.nextVerifier, from]);
      await networkHelpers.time.increaseTo(from);
      expect(await verifiers()).to.deep.equal([world.nextVerifier, ZeroHash, 0n]);
    });

    it("lets a second announcement replace the first", async () => {
      const { world, change, verifiers } = await fixture();
      const other = id("another committee");
      await change(other);
      await networkHelpers.time.increase(DELAY - 10n);
      const from = BigInt(await networkHelpers.time.latest()) + 5n + DELAY;
      await at(from - DELAY);
      await change(world.nextVerifier);
      await networkHelpers.time.increaseTo(from - 1n);
      expect(await verifiers()).to.deep.equal([world.verifier, world.nextVerifier, from]);
      await networkHelpers.time.increaseTo(from);
      expect(await verifiers()).to.deep.equal([world.nextVerifier, ZeroHash, 0n]);
    });

    it("keeps in office who took over until the one after does", async () => {
      const { world, change, verifiers } = await fixture();
      await change(world.nextVerifier);
      await networkHelpers.time.increase(DELAY);
      const from = BigInt(await networkHelpers.time.latest()) + 5n + DELAY;
      await at(from - DELAY);
      await change(world.verifier);
      expect(await verifiers()).to.deep.equal([world.nextVerifier, world.verifier, from]);
      await networkHelpers.time.increaseTo(from);
      expect(await verifiers()).to.deep.equal([world.verifier, ZeroHash, 0n]);
    });
  });
});
