import { expect } from "chai";
import { type BaseContract, id, ZeroHash } from "ethers";

import type {
  BlockingToken,
  FalseToken,
  FeeToken,
  LyingToken,
  NoReturnToken,
  RebasingToken,
  ReenteringToken,
  RevertingToken,
  SenderFeeToken,
} from "../../typechain-types/index.js";
import {
  type BoundUser,
  claim,
  createPool,
  CYCLE,
  endOf,
  ethers,
  finalRoot,
  goTo,
  GRANT,
  grantByRoot,
  loadWorld,
  networkHelpers,
  owedTo,
  type PoolState,
  proofOf,
  rebindingOf,
  report,
  type User,
  type World,
} from "../helpers/rewards.js";

type HostileTokens = {
  readonly BlockingToken: BlockingToken;
  readonly FalseToken: FalseToken;
  readonly FeeToken: FeeToken;
  readonly LyingToken: LyingToken;
  readonly NoReturnToken: NoReturnToken;
  readonly RebasingToken: RebasingToken;
  readonly ReenteringToken: ReenteringToken;
  readonly RevertingToken: RevertingToken;
  readonly SenderFeeToken: SenderFeeToken;
};

type Hostile = keyof HostileTokens;

/** A profit of which a unit is due a hundred. */
const PROFIT = 10n ** 7n;
const DEPOSIT = 100n * GRANT;
const FUNDS = 10n ** 24n;

/** A pool in a hostile token, beside one in an honest token. The first user of each holds a grant. */
async function hosted<Name extends Hostile>(name: Name) {
  const honest = await loadWorld();
  const deployed = (await ethers.deployContract(name as string)) as unknown as BaseContract;
  const token = deployed as unknown as HostileTokens[Name];
  // The calls of {World} go to whatever token it names.
  const world: World = {
    ...honest,
    token: deployed as unknown as World["token"],
    tokenAddress: await deployed.getAddress(),
  };
  await world.token.mint(world.operator.address, FUNDS);
  await world.token.connect(world.operator).approve(world.poolAddress, FUNDS);
  const honestState = await createPool(honest);
  const state = await createPool(world);
  await grantByRoot(honest, honestState, 0, [honestState.users[0]!]);
  await report(honest, honestState, 0, PROFIT);
  return { world, honest, honestState, state, poolId: state.poolId, user: state.users[0]!, token, pool: world.pool };
}

type Hosted = Awaited<ReturnType<typeof hosted<Hostile>>>;

/** The honest token's books are whole, and its user is paid. */
async function honestBooksHold({ honest, honestState }: Pick<Hosted, "honest" | "honestState">): Promise<void> {
  const user = honestState.users[0]!;
  expect(await honest.token.balanceOf(honest.poolAddress)).to.equal(DEPOSIT);
  await claim(honest, honestState, user);
  expect(await honest.token.balanceOf(user.account)).to.equal(DEPOSIT);
  expect(await honest.token.balanceOf(honest.poolAddress)).to.equal(0n);
}

/** As {hosted}, with a grant in the hostile pool too. */
async function granted<Name extends Hostile>(name: Name) {
  const both = await hosted(name);
  const { world, state, user } = both;
  await grantInWindow(world, state, [user]);
  return both;
}

/** Grants by the roster of the cycle that runs. */
async function grantInWindow(world: World, state: PoolState, users: readonly User[]): Promise<void> {
  await grantByRoot(world, state, await runningCycle(state), users);
}

async function runningCycle({ start }: PoolState): Promise<number> {
  const time = BigInt(await networkHelpers.time.latest());
  return time < start ? 0 : Number((time - start) / CYCLE);
}

/** As {granted}, with profit owed in the hostile token. */
async function owed<Name extends Hostile>(name: Name) {
  const both = await granted(name);
  await report(both.world, both.state, 0, PROFIT);
  return both;
}

async function nothingCounted({ world, state, poolId, user }: Pick<Hosted, "world" | "state" | "poolId" | "user">) {
  const { reportCount, deposited } = await world.pool.poolOf(poolId);
  expect([reportCount, deposited, await owedTo(world, state, user)]).to.deep.equal([0n, 0n, 0n]);
}

describe("RewardPool", () => {
  describe("hostile tokens", () => {
    describe("when profit is deposited", () => {
      const mismatches: readonly (readonly [
        name: string,
        token: Hostile,
        arm: (token: HostileTokens[Hostile]) => Promise<unknown>,
        received: bigint,
      ])[] = [
        ["keeps a fee", "FeeToken", async () => Promise.resolve(), DEPOSIT - (DEPOSIT / 100n + 1n)],
        [
          "rebases down in the transfer",
          "RebasingToken",
          async (token) => (token as RebasingToken).setIndexAfterTransfer(5n * 10n ** 17n),
          DEPOSIT / 2n,
        ],
        [
          "rebases up in the transfer",
          "RebasingToken",
          async (token) => (token as RebasingToken).setIndexAfterTransfer(2n * 10n ** 18n),
          2n * DEPOSIT,
        ],
        [
          "says that it moved and moves nothing",
          "LyingToken",
          async (token) => (token as LyingToken).setPercent(0n),
          0n,
        ],
        [
          "says that it moved twice as much",
          "LyingToken",
          async (token) => (token as LyingToken).setPercent(200n),
          2n * DEPOSIT,
        ],
      ];
      for (const [name, kind, arm, received] of mismatches) {
        it(`refuses a token that ${name}, and counts nothing`, async () => {
          const both = await granted(kind);
          const { world, state, token, pool } = both;
          await arm(token);
          await expect(report(world, state, 0, PROFIT))
            .to.be.revertedWithCustomError(pool, "PaymentAmountMismatch")
            .withArgs(world.tokenAddress, DEPOSIT, received);
          await nothingCounted(both);
          await honestBooksHold(both);
        });
      }

      it("refuses a token that returns false, until it moves", async () => {
        const both = await granted("FalseToken");
        const { world, state, user, token, pool } = both;
        await token.setFailing(true);
        await expect(report(world, state, 0, PROFIT))
          .to.be.revertedWithCustomError(pool, "SafeERC20FailedOperation")
          .withArgs(world.tokenAddress);
        await nothingCounted(both);
        await token.setFailing(false);
        await report(world, state, 0, PROFIT);
        expect(await owedTo(world, state, user)).to.equal(DEPOSIT);
        await honestBooksHold(both);
      });

      it("refuses a token that reverts, until it does no more", async () => {
        const both = await granted("RevertingToken");
        const { world, state, user, token } = both;
        await token.setPaused(true);
        await expect(report(world, state, 0, PROFIT))
          .to.be.revertedWithCustomError(token, "RevertingTokenPaused")
          .withArgs(world.operator.address, world.poolAddress, DEPOSIT);
        await nothingCounted(both);
        await token.setPaused(false);
        await report(world, state, 0, PROFIT);
        expect(await owedTo(world, state, user)).to.equal(DEPOSIT);
        await honestBooksHold(both);
      });

      it("takes a report of nothing while the token reverts", async () => {
        const both = await granted("RevertingToken");
        const { world, state, poolId, token } = both;
        await token.setPaused(true);
        await report(world, state, 0, 0n);
        expect((await world.pool.poolOf(poolId)).reportCount).to.equal(1n);
        await honestBooksHold(both);
      });

      it("refuses a token that blocks the contract", async () => {
        const both = await granted("BlockingToken");
        const { world, state, token } = both;
        await token.setReceiverBlocked(world.poolAddress, true);
        await expect(report(world, state, 0, PROFIT))
          .to.be.revertedWithCustomError(token, "BlockingTokenReceiver")
          .withArgs(world.poolAddress);
        await nothingCounted(both);
        await honestBooksHold(both);
      });

      it("takes and pays a token that returns nothing", async () => {
        const both = await granted("NoReturnToken");
        const { world, state, user } = both;
        await report(world, state, 0, PROFIT);
        await claim(world, state, user);
        expect(await world.token.balanceOf(user.account)).to.equal(DEPOSIT);
        await honestBooksHold(both);
      });

      it("takes a token that takes its fee from the sender on top, and is short in no other", async () => {
        const both = await granted("SenderFeeToken");
        const { world, state, token, user } = both;
        await report(world, state, 0, PROFIT);
        await expect(claim(world, state, user)).to.be.revertedWithCustomError(token, "ERC20InsufficientBalance");
        expect(await owedTo(world, state, user)).to.equal(DEPOSIT);
        await honestBooksHold(both);
      });
    });

    describe("when profit is claimed", () => {
      it("waits for a token that returns false, and pays once it moves", async () => {
        const both = await owed("FalseToken");
        const { world, state, user, token, pool } = both;
        await token.setFailing(true);
        await expect(claim(world, state, user))
          .to.be.revertedWithCustomError(pool, "SafeERC20FailedOperation")
          .withArgs(world.tokenAddress);
        await token.setFailing(false);
        await claim(world, state, user);
        expect(await world.token.balanceOf(user.account)).to.equal(DEPOSIT);
        await honestBooksHold(both);
      });

      it("waits for a token that reverts, and pays once it does no more", async () => {
        const both = await owed("RevertingToken");
        const { world, state, user, token } = both;
        await token.setPaused(true);
        await expect(claim(world, state, user))
          .to.be.revertedWithCustomError(token, "RevertingTokenPaused")
          .withArgs(world.poolAddress, user.account, DEPOSIT);
        expect(await owedTo(world, state, user)).to.equal(DEPOSIT);
        await token.setPaused(false);
        await claim(world, state, user);
        expect(await world.token.balanceOf(user.account)).to.equal(DEPOSIT);
        await honestBooksHold(both);
      });

      it("pays a blocked user at another account, once it is rebound", async () => {
        const both = await owed("BlockingToken");
        const { world, state, token } = both;
        const user = state.users[0]!;
        await token.setReceiverBlocked(user.account, true);
        await expect(claim(world, state, user))
          .to.be.revertedWithCustomError(token, "BlockingTokenReceiver")
          .withArgs(user.account);
        const account = world.others[0]!.address;
        await (await rebindingOf(world, state, user, account)).send();
        await claim(world, state, user);
        expect(await world.token.balanceOf(account)).to.equal(DEPOSIT);
        await honestBooksHold(both);
      });

      it("pays others while one is blocked", async () => {
        const both = await hosted("BlockingToken");
        const { world, state, token } = both;
        const [user, other] = state.users as [BoundUser, BoundUser];
        await grantInWindow(world, state, [user, other]);
        await report(world, state, 0, PROFIT);
        await token.setReceiverBlocked(user.account, true);
        await claim(world, state, other);
        expect(await world.token.balanceOf(other.account)).to.equal(DEPOSIT);
        await honestBooksHold(both);
      });

      it("falls short in a token that rebased down, and takes nothing from another", async () => {
        const both = await owed("RebasingToken");
        const { world, state, user, token } = both;
        await token.setIndex(10n ** 17n);
        await expect(claim(world, state, user)).to.be.revertedWithCustomError(token, "ERC20InsufficientBalance");
        await token.setIndex(10n ** 18n);
        await claim(world, state, user);
        expect(await world.token.balanceOf(user.account)).to.equal(DEPOSIT);
        await honestBooksHold(both);
      });

      it("pays no more in a token that rebased up", async () => {
        const both = await owed("RebasingToken");
        const { world, state, user, token } = both;
        await token.setIndex(2n * 10n ** 18n);
        await claim(world, state, user);
        expect(await world.token.balanceOf(user.account)).to.equal(DEPOSIT);
        await honestBooksHold(both);
      });
    });

    describe("when the token re-enters", () => {
      /** A call of every function that moves money. The guard comes before whatever else is wrong with it. */
      function guardedCalls({
        world,
        poolId,
        user,
        honestState,
      }: Pick<Hosted, "world" | "poolId" | "user" | "honestState">) {
        const { interface: abi } = world.pool;
        return [
          abi.encodeFunctionData("reportProfit", [poolId, 0n, world.tokenAddress, PROFIT, ZeroHash]),
          abi.encodeFunctionData("claim", [poolId, user.userId]),
          abi.encodeFunctionData("claim", [honestState.poolId, honestState.users[0]!.userId]),
        ];
      }

      for (const [name, prepare, callOf] of [
        ["reported", granted<"ReenteringToken">, report0],
        ["claimed", owed<"ReenteringToken">, claim0],
      ] as const) {
        it(`lets it move no money while profit is ${name}`, async () => {
          const both = await prepare("ReenteringToken");
          const { world, token } = both;
          const guard = id("ReentrancyGuardReentrantCall()").slice(0, 10);
          for (const data of guardedCalls(both)) {
            const snapshot = await networkHelpers.takeSnapshot();
            await token.setCall(world.poolAddress, data);
            await expect(callOf(both)).to.emit(token, "Reentered").withArgs(false, guard);
            await snapshot.restore();
          }
          await callOf(both);
          await honestBooksHold(both);
        });
      }

      it("lets it settle what anybody may settle, for units that count from then on", async () => {
        const both = await granted("ReenteringToken");
        const { world, state, poolId, token, user } = both;
        const cycle = await runningCycle(state);
        const tree = await finalRoot(world, state, cycle, [[user.userId, true]]);
        const { interface: abi } = world.pool;
        const proof = proofOf(tree, user.userId);
        await token.setCall(
          world.poolAddress,
          abi.encodeFunctionData("settleWithProof", [poolId, user.userId, user.account, cycle, true, proof]),
        );
        await expect(report(world, state, 0, PROFIT))
          .to.emit(token, "Reentered")
          .withArgs(true, "0x");
        expect(await world.pool.balanceOf(user.account, poolId)).to.equal(2n * GRANT);
        expect(await owedTo(world, state, user)).to.equal(DEPOSIT);
        await goTo(endOf(state, 1));
        await report(world, state, 1, PROFIT);
        await claim(world, state, user);
        expect(await world.token.balanceOf(user.account)).to.equal(3n * DEPOSIT);
        await honestBooksHold(both);
      });
    });

    it("keeps what somebody gave it, and owes nobody more for it", async () => {
      const world = await loadWorld();
      const state = await createPool(world);
      const user = state.users[0]!;
      await grantByRoot(world, state, 0, [user]);
      await world.token.connect(world.operator).transfer(world.poolAddress, 12_345n);
      await report(world, state, 0, PROFIT);
      expect(await owedTo(world, state, user)).to.equal(DEPOSIT);
      await claim(world, state, user);
      expect(await world.token.balanceOf(world.poolAddress)).to.equal(12_345n);
    });
  });
});

async function report0({ world, state }: Pick<Hosted, "world" | "state">) {
  return report(world, state, 0, PROFIT);
}

async function claim0({ world, state, user }: Pick<Hosted, "world" | "state" | "user">) {
  return claim(world, state, user);
}
