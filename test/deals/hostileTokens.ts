import { expect } from "chai";
import type { BaseContract } from "ethers";
import { Contract, id, ZeroAddress } from "ethers";

import type {
  BlockingToken,
  FalseToken,
  FeeToken,
  HookToken,
  LyingToken,
  NoReturnToken,
  RebasingToken,
  ReenteringToken,
  RevertingToken,
  SenderFeeToken,
} from "../../typechain-types/index.js";
import type { World } from "../helpers/deals.js";
import {
  anybody,
  at,
  BY_ALLOWANCE,
  dealOf,
  ethers,
  FUNDS,
  loadWorld,
  lodge,
  mined,
  moved,
  networkHelpers,
  offerOf,
  openOffer,
  Q1,
  Q2,
  R,
  recordSale,
  saleOf,
  settle,
  signOffer,
} from "../helpers/deals.js";
import type { MoneyIn, MoneyOut } from "../helpers/entryPoints.js";
import { MONEY_IN, MONEY_OUT } from "../helpers/entryPoints.js";

type HostileTokens = {
  readonly BlockingToken: BlockingToken;
  readonly FalseToken: FalseToken;
  readonly FeeToken: FeeToken;
  readonly HookToken: HookToken;
  readonly LyingToken: LyingToken;
  readonly NoReturnToken: NoReturnToken;
  readonly RebasingToken: RebasingToken;
  readonly ReenteringToken: ReenteringToken;
  readonly RevertingToken: RevertingToken;
  readonly SenderFeeToken: SenderFeeToken;
};

type Hostile = keyof HostileTokens;

/** A world whose documents are in a hostile token, beside one with an honest token that has books of its own. */
type Hosted = { readonly world: World; readonly honest: World };

async function hosted(name: Hostile): Promise<Hosted> {
  const honest = await loadWorld();
  // What the contract owes in the honest token: a bond and an escrow.
  const offer = offerOf(honest, { salt: id("the honest offer") });
  await openOffer(honest, offer);
  await lodge(honest, offer, dealOf(honest, offer));

  const token = (await ethers.deployContract(name)) as unknown as World["token"];
  const world = { ...honest, token, tokenAddress: await token.getAddress() };
  for (const account of [world.merchant, world.customer, world.buyer]) {
    await token.mint(account.address, FUNDS);
    await token.connect(account.runner).approve(world.dealsAddress, FUNDS);
  }
  await recordSale(world, saleOf(world));
  return { world, honest };
}

/** The honest token's books are whole, and each claim on them is paid. */
async function honestBooksHold({ honest }: Hosted): Promise<void> {
  expect(await honest.token.balanceOf(honest.dealsAddress)).to.equal(3n * R + Q2);
  const offer = offerOf(honest, { salt: id("the honest offer") });
  await at(honest.moment + 10n);
  await honest.deals.refundLodged(dealOf(honest, offer));
  await honest.deals.payBondedRebate(offer, honest.buyer.address);
  await honest.deals.reclaimBond(offer);
  expect(await honest.token.balanceOf(honest.dealsAddress)).to.equal(0n);
}

async function tokenAt<Name extends Hostile>(name: Name, world: World): Promise<HostileTokens[Name]> {
  return (await ethers.getContractAt(name, world.tokenAddress)) as unknown as HostileTokens[Name];
}

/** The error of a transfer that says it failed, which is not in the contract's own interface. */
const FAILED_OPERATION = new Contract(ZeroAddress, ["error SafeERC20FailedOperation(address token)"]);

/** What a token does while money is taken. */
type TakingCase = {
  readonly name: string;
  readonly token: Hostile;
  readonly arm?: (world: World, entry: MoneyIn) => Promise<unknown>;
  /** The error, or nothing where the payment goes through. */
  readonly error?: (
    world: World,
    entry: MoneyIn,
  ) => Promise<readonly [reverts: BaseContract, name: string, ...args: unknown[]]>;
};

const mismatch = (received: (amount: bigint) => bigint): NonNullable<TakingCase["error"]> => {
  return (world, entry) =>
    Promise.resolve([
      world.payments,
      "PaymentAmountMismatch",
      world.tokenAddress,
      entry.amount,
      received(entry.amount),
    ]);
};

const TAKING: readonly TakingCase[] = [
  { name: "keeps a fee", token: "FeeToken", error: mismatch((amount) => amount - (amount / 100n + 1n)) },
  {
    name: "rebases down in the transfer",
    token: "RebasingToken",
    arm: async (world) => (await tokenAt("RebasingToken", world)).setIndexAfterTransfer(5n * 10n ** 17n),
    error: mismatch((amount) => amount / 2n),
  },
  {
    name: "leaves less in the transfer than there was before",
    token: "RebasingToken",
    arm: async (world, entry) => {
      const token = await tokenAt("RebasingToken", world);
      await token.mint(world.dealsAddress, 10n * entry.amount);
      await token.setIndexAfterTransfer(5n * 10n ** 17n);
    },
    error: mismatch(() => 0n),
  },
  {
    name: "rebases up in the transfer",
    token: "RebasingToken",
    arm: async (world) => (await tokenAt("RebasingToken", world)).setIndexAfterTransfer(2n * 10n ** 18n),
    error: mismatch((amount) => amount * 2n),
  },
  {
    name: "returns false",
    token: "FalseToken",
    arm: async (world) => (await tokenAt("FalseToken", world)).setFailing(true),
    error: (world) => Promise.resolve([FAILED_OPERATION, "SafeERC20FailedOperation", world.tokenAddress]),
  },
  {
    name: "reverts",
    token: "RevertingToken",
    arm: async (world) => (await tokenAt("RevertingToken", world)).setPaused(true),
    error: (world, entry) =>
      Promise.resolve([
        world.token,
        "RevertingTokenPaused",
        world[entry.payer].address,
        world.dealsAddress,
        entry.amount,
      ]),
  },
  {
    name: "blocks the payer",
    token: "BlockingToken",
    arm: async (world, entry) =>
      (await tokenAt("BlockingToken", world)).setSenderBlocked(world[entry.payer].address, true),
    error: (world, entry) => Promise.resolve([world.token, "BlockingTokenSender", world[entry.payer].address]),
  },
  {
    name: "blocks the contract",
    token: "BlockingToken",
    arm: async (world) => (await tokenAt("BlockingToken", world)).setReceiverBlocked(world.dealsAddress, true),
    error: (world) => Promise.resolve([world.token, "BlockingTokenReceiver", world.dealsAddress]),
  },
  {
    name: "says that it moved and moves nothing",
    token: "LyingToken",
    arm: async (world) => (await tokenAt("LyingToken", world)).setPercent(0n),
    error: mismatch(() => 0n),
  },
  {
    name: "says that it moved twice as much",
    token: "LyingToken",
    arm: async (world) => (await tokenAt("LyingToken", world)).setPercent(200n),
    error: mismatch((amount) => amount * 2n),
  },
  { name: "returns nothing", token: "NoReturnToken" },
  { name: "lies about every balance, and to the unit", token: "LyingToken" },
  { name: "calls its receivers", token: "HookToken" },
  { name: "takes a fee from the sender on top", token: "SenderFeeToken" },
];

/** What a token does when money is to go out; until it stops. */
type PayingCase = {
  readonly name: string;
  readonly token: Hostile;
  readonly arm: (world: World, exit: MoneyOut) => Promise<unknown>;
  readonly disarm: (world: World, exit: MoneyOut) => Promise<unknown>;
  readonly error: (
    world: World,
    exit: MoneyOut,
  ) => Promise<readonly [reverts: BaseContract, name: string, ...args: unknown[]]>;
};

const PAYING: readonly PayingCase[] = [
  {
    name: "returns false",
    token: "FalseToken",
    arm: async (world) => (await tokenAt("FalseToken", world)).setFailing(true),
    disarm: async (world) => (await tokenAt("FalseToken", world)).setFailing(false),
    error: (world) => Promise.resolve([FAILED_OPERATION, "SafeERC20FailedOperation", world.tokenAddress]),
  },
  {
    name: "reverts",
    token: "RevertingToken",
    arm: async (world) => (await tokenAt("RevertingToken", world)).setPaused(true),
    disarm: async (world) => (await tokenAt("RevertingToken", world)).setPaused(false),
    error: (world, exit) =>
      Promise.resolve([
        world.token,
        "RevertingTokenPaused",
        world.dealsAddress,
        world[exit.receiver].address,
        exit.amount,
      ]),
  },
  {
    name: "blocks the receiver",
    token: "BlockingToken",
    arm: async (world, exit) =>
      (await tokenAt("BlockingToken", world)).setReceiverBlocked(world[exit.receiver].address, true),
    disarm: async (world, exit) =>
      (await tokenAt("BlockingToken", world)).setReceiverBlocked(world[exit.receiver].address, false),
    error: (world, exit) => Promise.resolve([world.token, "BlockingTokenReceiver", world[exit.receiver].address]),
  },
  {
    name: "blocks the contract",
    token: "BlockingToken",
    arm: async (world) => (await tokenAt("BlockingToken", world)).setSenderBlocked(world.dealsAddress, true),
    disarm: async (world) => (await tokenAt("BlockingToken", world)).setSenderBlocked(world.dealsAddress, false),
    error: (world) => Promise.resolve([world.token, "BlockingTokenSender", world.dealsAddress]),
  },
  {
    name: "calls a receiver that refuses",
    token: "HookToken",
    arm: async (world, exit) => {
      const wallet = await ethers.deployContract("HookWallet", [anybody("owner").address]);
      await networkHelpers.setCode(world[exit.receiver].address, (await wallet.getDeployedCode())!);
      await (await ethers.getContractAt("HookWallet", world[exit.receiver].address)).setRefuses(true);
    },
    disarm: async (world, exit) =>
      (await ethers.getContractAt("HookWallet", world[exit.receiver].address)).setRefuses(false),
    error: async (world, exit) => [
      await ethers.getContractAt("HookWallet", world[exit.receiver].address),
      "HookWalletRefuses",
      world.dealsAddress,
      exit.amount,
    ],
  },
];

/** A call of every function that moves money. The guard comes before whatever else is wrong with it. */
function everyCall(world: World): readonly string[] {
  const { interface: abi } = world.deals;
  const [sale, offer, deal] = [saleOf(world), offerOf(world), dealOf(world)];
  return [
    abi.encodeFunctionData("paySale", [sale, "0x", "0x", BY_ALLOWANCE]),
    abi.encodeFunctionData("refundSale", [sale]),
    abi.encodeFunctionData("releaseSale", [sale]),
    abi.encodeFunctionData("openOffer", [offer, "0x", BY_ALLOWANCE]),
    abi.encodeFunctionData("reclaimBond", [offer]),
    abi.encodeFunctionData("settle", [deal, "0x", "0x", "0x", BY_ALLOWANCE]),
    abi.encodeFunctionData("settleWithEvidence", [signOffer(world, offer), deal, "0x", "0x", "0x", BY_ALLOWANCE]),
    abi.encodeFunctionData("lodge", [signOffer(world, offer), deal, "0x", "0x", BY_ALLOWANCE]),
    abi.encodeFunctionData("countersign", [deal, "0x"]),
    abi.encodeFunctionData("refundLodged", [deal]),
    abi.encodeFunctionData("payRebate", [deal]),
    abi.encodeFunctionData("payBondedRebate", [offer, deal.buyer]),
  ];
}

/** Each call, made from the inside of a transfer, is stopped by the guard. */
async function reentersInVain(world: World, call: () => Promise<unknown>): Promise<void> {
  const token = await tokenAt("ReenteringToken", world);
  const guard = ethers.id("ReentrancyGuardReentrantCall()").slice(0, 10);
  for (const data of everyCall(world)) {
    const snapshot = await networkHelpers.takeSnapshot();
    await token.setCall(world.dealsAddress, data);
    await expect(call()).to.emit(token, "Reentered").withArgs(false, guard);
    await snapshot.restore();
  }
}

describe("ReferralDeals", () => {
  // Invariants D1 and D11.
  describe("hostile tokens", () => {
    for (const entry of MONEY_IN) {
      describe(`given ${entry.name}`, () => {
        for (const taking of TAKING) {
          const outcome = taking.error === undefined ? "takes the money" : "refuses the money";
          it(`${outcome} of a token that ${taking.name}`, async () => {
            const both = await hosted(taking.token);
            const { world } = both;
            await taking.arm?.(world, entry);
            const before = await world.token.balanceOf(world.dealsAddress);
            const attempt = entry.call(world);
            if (taking.error === undefined) {
              await mined(attempt);
            } else {
              const [reverts, error, ...args] = await settled(attempt, async () => taking.error!(world, entry));
              await expect(attempt)
                .to.be.revertedWithCustomError(reverts, error)
                .withArgs(...args);
              expect(await world.token.balanceOf(world.dealsAddress)).to.equal(before);
            }
            await honestBooksHold(both);
          });
        }

        it("lets a token that re-enters do nothing", async () => {
          const both = await hosted("ReenteringToken");
          await reentersInVain(both.world, async () => entry.call(both.world));
          await honestBooksHold(both);
        });
      });
    }

    for (const exit of MONEY_OUT) {
      describe(`given ${exit.name}`, () => {
        for (const paying of PAYING) {
          it(`waits for a token that ${paying.name}, and pays once it stops`, async () => {
            const both = await hosted(paying.token);
            const { world } = both;
            await exit.prepare(world);
            await paying.arm(world, exit);
            const [reverts, error, ...args] = await paying.error(world, exit);
            await expect(exit.call(world))
              .to.be.revertedWithCustomError(reverts, error)
              .withArgs(...args);

            await paying.disarm(world, exit);
            const before = await world.token.balanceOf(world[exit.receiver].address);
            await exit.call(world);
            const after = await world.token.balanceOf(world[exit.receiver].address);
            expect(after - before).to.equal(exit.amount);
            await honestBooksHold(both);
          });
        }

        it("pays in a token that returns nothing", async () => {
          const both = await hosted("NoReturnToken");
          await exit.prepare(both.world);
          const before = await both.world.token.balanceOf(both.world[exit.receiver].address);
          await exit.call(both.world);
          const after = await both.world.token.balanceOf(both.world[exit.receiver].address);
          expect(after - before).to.equal(exit.amount);
          await honestBooksHold(both);
        });

        it("falls short in a token that rebased down, and takes nothing from another", async () => {
          const both = await hosted("RebasingToken");
          await exit.prepare(both.world);
          await (await tokenAt("RebasingToken", both.world)).setIndex(10n ** 17n);
          await expect(exit.call(both.world)).to.be.revertedWithCustomError(
            both.world.token,
            "ERC20InsufficientBalance",
          );
          await (await tokenAt("RebasingToken", both.world)).setIndex(10n ** 18n);
          await exit.call(both.world);
          await honestBooksHold(both);
        });

        it("pays no more in a token that rebased up", async () => {
          const both = await hosted("RebasingToken");
          await exit.prepare(both.world);
          await (await tokenAt("RebasingToken", both.world)).setIndex(2n * 10n ** 18n);
          const before = await both.world.token.balanceOf(both.world[exit.receiver].address);
          await exit.call(both.world);
          const after = await both.world.token.balanceOf(both.world[exit.receiver].address);
          // A balance of shares rounds down.
          expect(after - before).to.be.within(exit.amount - 1n, exit.amount);
          await honestBooksHold(both);
        });

        it("lets a token that re-enters do nothing", async () => {
          const both = await hosted("ReenteringToken");
          await exit.prepare(both.world);
          await reentersInVain(both.world, async () => exit.call(both.world));
          await honestBooksHold(both);
        });
      });
    }

    it("lets a receiver that is called change nothing but what anybody may change", async () => {
      const both = await hosted("HookToken");
      const { world } = both;
      const wallet = await ethers.deployContract("HookWallet", [anybody("owner").address]);
      await networkHelpers.setCode(world.merchant.address, (await wallet.getDeployedCode())!);
      const merchant = await ethers.getContractAt("HookWallet", world.merchant.address);
      await merchant.setCall(
        world.dealsAddress,
        world.deals.interface.encodeFunctionData("cancelOffer", [offerOf(world)]),
      );
      await expect(settle(world, dealOf(world))).to.emit(world.deals, "OfferCancelled");
      expect(await world.token.balanceOf(world.dealsAddress)).to.equal(R);
      await honestBooksHold(both);
    });

    it("is short by its own fee in a token that takes it from the sender, and in no other", async () => {
      const both = await hosted("SenderFeeToken");
      const { world } = both;
      await settle(world, dealOf(world));
      const paid = Q2 - R;
      expect(await world.token.balanceOf(world.dealsAddress)).to.equal(R - (paid / 100n + 1n));
      await at(world.moment);
      await expect(world.deals.payRebate(dealOf(world))).to.be.revertedWithCustomError(
        world.token,
        "ERC20InsufficientBalance",
      );
      await honestBooksHold(both);
    });

    it("keeps what somebody gave it, and pays nobody more for it", async () => {
      const world = await loadWorld();
      await world.token.connect(world.customer.runner).transfer(world.dealsAddress, Q1);
      expect(await moved(world, settle(world, dealOf(world)))).to.deep.equal([R, Q2 - R, 0n, -Q2]);
      await at(world.moment);
      expect(await moved(world, world.deals.payRebate(dealOf(world)))).to.deep.equal([-R, R, 0n, 0n]);
      expect(await world.token.balanceOf(world.dealsAddress)).to.equal(Q1);
    });
  });
});

/** Looks up what is expected while a call is under way, without leaving its failure unheard. */
async function settled<Result>(attempt: Promise<unknown>, look: () => Promise<Result>): Promise<Result> {
  await attempt.catch(() => undefined);
  return look();
}
