import { expect } from "chai";
import { id, ZeroAddress, ZeroHash } from "ethers";

import {
  at,
  claim,
  createPool,
  endOf,
  finalRoot,
  goTo,
  GRANT,
  grantByRoot,
  type Line,
  loadWorld,
  networkHelpers,
  NO_DEADLINE,
  owedTo,
  proofOf,
  rebindingOf,
  refused,
  report,
  rewardDigest,
  settleByProof,
  unitsOf,
} from "../helpers/rewards.js";

const LATE = 2n ** 40n - 1n;

describe("RewardPool", () => {
  describe("rebind", () => {
    async function fixture() {
      const world = await loadWorld();
      const state = await createPool(world);
      const user = state.users[0]!;
      const account = world.others[0]!.address;
      const deadline = BigInt(await networkHelpers.time.latest()) + 1_000n;
      const rebinding = await rebindingOf(world, state, user, account, { deadline });
      const honest = async () => rebinding.send();
      return { world, state, poolId: state.poolId, user, account, deadline, rebinding, honest };
    }

    /** A user with units and profit owed. */
    async function owedFixture() {
      const fixed = await fixture();
      const { world, state, user } = fixed;
      await grantByRoot(world, state, 0, [user]);
      await report(world, state, 0, 10n ** 6n);
      return { ...fixed, rebinding: await rebindingOf(world, state, user, fixed.account, { deadline: LATE }) };
    }

    it("reverts from the second of the deadline on", async () => {
      const { world, deadline, rebinding, state, user, account } = await fixture();
      await at(deadline);
      await refused(world, rebinding.send(), "RewardPoolTooLate", [deadline, deadline]);
      const later = await rebindingOf(world, state, user, account, { deadline: deadline + 10n });
      await at(deadline + 9n);
      await later.send();
    });

    it("reverts for a user id that is not bound", async () => {
      const { world, state, poolId, user, account, honest } = await fixture();
      const unbound = { ...user, userId: id("nobody") };
      const { send } = await rebindingOf(world, state, unbound, account);
      await refused(world, send(), "RewardPoolNotBound", [poolId, unbound.userId, ZeroAddress], honest);
    });

    it("reverts for an account of zero", async () => {
      const { world, state, user, honest } = await fixture();
      const { send } = await rebindingOf(world, state, user, ZeroAddress);
      await refused(world, send(), "RewardPoolZeroUser", [user.userId, ZeroAddress], honest);
    });

    it("reverts for the contract itself", async () => {
      const { world, state, user, honest } = await fixture();
      const { send } = await rebindingOf(world, state, user, world.poolAddress);
      await refused(world, send(), "RewardPoolZeroUser", [user.userId, world.poolAddress], honest);
    });

    it("reverts for an account that is another user's", async () => {
      const { world, state, poolId, user, honest } = await fixture();
      const other = state.users[1]!;
      const { send } = await rebindingOf(world, state, user, other.account);
      await refused(world, send(), "RewardPoolAccountTaken", [poolId, other.account, other.userId], honest);
    });

    it("reverts for the account that is bound", async () => {
      const { world, state, poolId, user, honest } = await fixture();
      const { send } = await rebindingOf(world, state, user, user.account);
      await refused(world, send(), "RewardPoolAccountTaken", [poolId, user.account, user.userId], honest);
    });

    describe("when a signature is wrong", () => {
      it("reverts for another's in place of the user's", async () => {
        const { world, state, user, account, deadline, rebinding, honest } = await fixture();
        const forged = await rebindingOf(world, state, { ...user, key: state.users[1]!.key }, account, { deadline });
        const args = [user.account, rebinding.userEndorsement];
        await refused(world, forged.send(), "RewardPoolWrongSignature", args, honest);
      });

      it("reverts for another's in place of the registrar's", async () => {
        const { world, state, user, account, deadline, rebinding, honest } = await fixture();
        const forged = await rebindingOf(world, state, user, account, { deadline, registrar: world.operator });
        const { value, userEndorsement } = rebinding;
        const digest = rewardDigest(world, "RegistrarRebinding", { ...value, userEndorsement });
        const args = [world.registrar.address, digest];
        await refused(world, forged.send(), "RewardPoolWrongSignature", args, honest);
      });

      it("reverts for the user's in place of the registrar's", async () => {
        const { world, rebinding, honest } = await fixture();
        const { value, userEndorsement, userSignature } = rebinding;
        const digest = rewardDigest(world, "RegistrarRebinding", { ...value, userEndorsement });
        const args = [world.registrar.address, digest];
        const attempt = rebinding.send(world.caller, [userSignature, userSignature]);
        await refused(world, attempt, "RewardPoolWrongSignature", args, honest);
      });

      it("reverts for signatures over another account", async () => {
        const { world, state, poolId, user, account, deadline, rebinding, honest } = await fixture();
        const thief = world.stranger.address;
        const { userSignature, registrarSignature } = rebinding;
        const digest = rewardDigest(world, "UserRebinding", { ...rebinding.value, newAccount: thief });
        const attempt = world.pool
          .connect(world.stranger)
          .rebind(poolId, user.userId, thief, deadline, userSignature, registrarSignature);
        await refused(world, attempt, "RewardPoolWrongSignature", [user.account, digest], honest);
        expect((await world.pool.memberOf(state.poolId, user.userId)).account).to.equal(account);
      });

      it("reverts for a caller who is not the registrar, where none is given for it", async () => {
        const { world, rebinding, honest } = await fixture();
        const args = [world.registrar.address, world.caller.address];
        const attempt = rebinding.send(world.caller, [rebinding.userSignature, "0x"]);
        await refused(world, attempt, "RewardPoolNotRegistrar", args, honest);
      });

      it("reverts for the registrar alone", async () => {
        const { world, user, rebinding, honest } = await fixture();
        const attempt = rebinding.send(world.registrar, ["0x", "0x"]);
        await refused(world, attempt, "RewardPoolWrongSignature", [user.account, rebinding.userEndorsement], honest);
      });
    });

    it("reverts for signatures that were used, also once the user came back", async () => {
      const { world, state, user, account, rebinding, honest } = await fixture();
      await honest();
      const returning = { ...user, account, key: world.others[0]! };
      const back = await rebindingOf(world, state, returning, user.account, { nonce: 1n });
      await refused(world, honest(), "RewardPoolAccountTaken", [state.poolId, account, user.userId], back.send);
      const digest = rewardDigest(world, "UserRebinding", { ...rebinding.value, nonce: 2n });
      await refused(world, honest(), "RewardPoolWrongSignature", [user.account, digest], async () =>
        (await rebindingOf(world, state, user, account, { nonce: 2n })).send(),
      );
    });

    it("lets the registrar send it", async () => {
      const { world, poolId, user, account, rebinding } = await fixture();
      await rebinding.send(world.registrar, [rebinding.userSignature, "0x"]);
      expect(await world.pool.userIdOf(poolId, account)).to.equal(user.userId);
    });

    it("moves nothing where the user holds nothing", async () => {
      const { world, poolId, user, account, honest } = await fixture();
      const rebound = honest();
      await expect(rebound).to.emit(world.pool, "Rebound").withArgs(poolId, user.userId, user.account, account, 0n);
      await expect(rebound).not.to.emit(world.pool, "TransferSingle");
    });

    it("moves units and profit owed, and leaves the former account nothing", async () => {
      const { world, state, poolId, user, account, rebinding } = await owedFixture();
      await expect(rebinding.send())
        .to.emit(world.pool, "Rebound")
        .withArgs(poolId, user.userId, user.account, account, 0n)
        .and.to.emit(world.pool, "TransferSingle")
        .withArgs(world.caller.address, user.account, account, poolId, GRANT);
      expect(await unitsOf(world, state, user)).to.equal(0n);
      expect(await world.pool.balanceOf(account, poolId)).to.equal(GRANT);
      expect(await world.pool.userIdOf(poolId, user.account)).to.equal(ZeroHash);
      expect([...(await world.pool.memberOf(poolId, user.userId))]).to.deep.equal([account, 0n, 1n, 1n, GRANT, 100n]);

      await claim(world, state, user);
      expect(await world.token.balanceOf(account)).to.equal(100n);
      expect(await world.token.balanceOf(user.account)).to.equal(0n);
    });

    it("counts later profit for the new account alone", async () => {
      const { world, state, user, account, rebinding } = await owedFixture();
      await rebinding.send();
      await goTo(endOf(state, 1));
      await report(world, state, 1, 10n ** 6n);
      expect(await owedTo(world, state, user)).to.equal(200n);
      await claim(world, state, user);
      expect(await world.token.balanceOf(account)).to.equal(200n);
    });

    it("settles for the new account, between grant and claim, and not for the former one", async () => {
      const { world, state, poolId, user, account, rebinding } = await owedFixture();
      const lines: Line[] = [
        [user.userId, true],
        [state.users[1]!.userId, false],
      ];
      const tree = await finalRoot(world, state, 1, lines);
      await rebinding.send();
      await refused(
        world,
        settleByProof(world, state, 1, tree, user, true),
        "RewardPoolNotBound",
        [poolId, user.userId, user.account],
        async () => world.pool.settleWithProof(poolId, user.userId, account, 1n, true, proofOf(tree, user.userId)),
      );
      expect(await world.pool.balanceOf(account, poolId)).to.equal(2n * GRANT);
      expect(await unitsOf(world, state, user)).to.equal(0n);
    });

    it("frees the former account for another user id", async () => {
      const { world, state, poolId, user, rebinding } = await owedFixture();
      await rebinding.send();
      const newcomer = { userId: id("a newcomer"), account: user.account };
      await world.pool.connect(world.registrar).bind(poolId, [newcomer], NO_DEADLINE, "0x");
      expect([...(await world.pool.memberOf(poolId, newcomer.userId))].slice(4)).to.deep.equal([0n, 0n]);
      expect(await unitsOf(world, state, newcomer)).to.equal(0n);
    });
  });
});
