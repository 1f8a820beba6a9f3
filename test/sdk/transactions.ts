import { expect } from "chai";
import { type JsonRpcSigner, parseEther, type TransactionRequest, Wallet, ZeroHash } from "ethers";

import type { TransactionError } from "../../sdk/src/index.js";
import {
  createAction,
  isRevert,
  referralDealsAbi,
  sendAction,
  simulateAction,
  Transaction,
} from "../../sdk/src/index.js";
import { ReferralDeals__factory, type StandardToken, StandardToken__factory } from "../../typechain-types/index.js";
import { anvilProgram, startAnvil, startHardhat, type TestNode } from "../helpers/node.js";

const tokenAbi = [
  {
    type: "function",
    name: "transfer",
    inputs: [
      { name: "to", type: "address" },
      { name: "value", type: "uint256" },
    ],
    outputs: [{ name: "", type: "bool" }],
    stateMutability: "nonpayable",
  },
  {
    type: "event",
    name: "Transfer",
    inputs: [
      { name: "from", type: "address", indexed: true },
      { name: "to", type: "address", indexed: true },
      { name: "value", type: "uint256", indexed: false },
    ],
  },
] as const;

const fees = (gwei: bigint): Pick<TransactionRequest, "maxFeePerGas" | "maxPriorityFeePerGas"> => ({
  maxFeePerGas: gwei * 10n ** 9n,
  maxPriorityFeePerGas: gwei * 10n ** 9n,
});

async function caught(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail("nothing was thrown"),
    (error: unknown) => error,
  );
}

const anvil = anvilProgram();
const nodes: Readonly<Record<string, () => Promise<TestNode>>> = {
  "Hardhat's node": () => startHardhat(),
  ...(anvil === undefined ? {} : { anvil: () => startAnvil(anvil) }),
};

for (const [name, start] of Object.entries(nodes)) {
  describe(`Transaction on ${name}`, () => {
    let node: TestNode;
    let runner: JsonRpcSigner;
    let other: JsonRpcSigner;
    let deals: string;
    let token: StandardToken;
    const context = () => ({ runner, provider: node.provider });

    before(async () => {
      node = await start();
      runner = await node.provider.getSigner(0);
      other = await node.provider.getSigner(1);
      deals = await (await (await new ReferralDeals__factory(runner).deploy()).waitForDeployment()).getAddress();
      token = await new StandardToken__factory(runner).deploy();
      await token.waitForDeployment();
    });
    after(() => node.stop());

    const increase = () =>
      createAction({
        abi: referralDealsAbi,
        to: deals,
        method: "increaseCounter",
        args: [],
        event: "CounterIncreased",
        result: ({ merchant, counter }) => ({ merchant, counter }),
      });

    const transfer = async (value: bigint) =>
      createAction({
        abi: tokenAbi,
        to: await token.getAddress(),
        method: "transfer",
        args: [other.address, value],
        event: "Transfer",
        result: (args) => args,
      });

    /** Runs with blocks made by hand only, and makes them by itself again afterwards. */
    async function byHand(run: (mine: () => Promise<void>) => Promise<void>): Promise<void> {
      await node.provider.send("evm_setAutomine", [false]);
      try {
        await run(async () => {
          await node.provider.send("evm_mine", []);
        });
      } finally {
        await node.provider.send("evm_setAutomine", [true]);
      }
    }

    describe("wait", () => {
      it("gives the typed result of the event", async () => {
        const transaction = await sendAction(context(), increase());
        expect(transaction).to.be.instanceOf(Transaction);
        expect(transaction.hash).to.match(/^0x[0-9a-f]{64}$/);
        const { merchant, counter } = await transaction.wait();
        expect(merchant).to.equal(runner.address);
        expect(counter).to.equal(1n);
      });

      it("waits for as many confirmations as asked for", async () => {
        const transaction = await sendAction(context(), increase());
        let confirmed = false;
        const waiting = transaction.wait({ confirmations: 3 }).then(() => {
          confirmed = true;
        });
        await node.provider.send("evm_mine", []);
        await transaction.wait({ confirmations: 2 });
        expect(confirmed).to.equal(false);
        await node.provider.send("evm_mine", []);
        await waiting;
        expect(confirmed).to.equal(true);
      });

      it("says that the event is missing, where the contract is another", async () => {
        const transaction = await sendAction(context(), { ...increase(), to: await runner.getAddress() });
        const error = await caught(transaction.wait());
        expect(error).to.deep.include({ name: "TransactionError", code: "EVENT_MISSING" });
        expect((error as TransactionError).args).to.include({ event: "CounterIncreased", contract: runner.address });
        expect((await transaction.receipt()).status).to.equal(1);
      });

      it("does not take the same event of another contract for its own", async () => {
        const action = increase();
        const transaction = await sendAction(context(), action);
        const receipt = await transaction.receipt();
        expect(action.read(receipt)).to.not.equal(undefined);
        expect(createAction({ ...parametersElsewhere(), to: `0x${"12".repeat(20)}` }).read(receipt)).to.equal(
          undefined,
        );
      });

      it("gives nothing where no event gives a result", async () => {
        const receipt = await (await sendAction(context(), increase())).receipt();
        const refused = createAction({
          ...parametersElsewhere(),
          to: deals,
          result: (): bigint | undefined => undefined,
        });
        expect(refused.read(receipt)).to.equal(undefined);
      });

      function parametersElsewhere() {
        return {
          abi: referralDealsAbi,
          to: deals,
          method: "increaseCounter",
          args: [],
          event: "CounterIncreased",
          result: ({ counter }: { readonly counter: bigint }): bigint | undefined => counter,
        } as const;
      }

      it("says that it is not mined in time, and gives the result later", async () => {
        await byHand(async (mine) => {
          const transaction = await sendAction(context(), increase(), { gasLimit: 100_000n });
          const error = await caught(transaction.wait({ timeout: 60 }));
          expect(error).to.deep.include({ code: "TRANSACTION_NOT_MINED" });
          expect((error as TransactionError).args).to.deep.equal({ hash: transaction.hash });
          await mine();
          expect((await transaction.wait()).merchant).to.equal(runner.address);
        });
      });
    });

    describe("wait, when the transaction fails", () => {
      it("gives the contract's reason, on the state after the block", async () => {
        await byHand(async (mine) => {
          // Two relayers at once: the balance serves the first of them only.
          await token.mint(runner.address, 5n, { gasLimit: 100_000n });
          await mine();
          const action = await transfer(5n);
          const first = await sendAction(context(), action, { gasLimit: 100_000n, ...fees(9n) });
          const second = await sendAction(context(), action, { gasLimit: 100_000n, ...fees(8n) });
          await mine();
          expect((await first.wait()).value).to.equal(5n);
          const error = await caught(second.wait());
          if (!isRevert(error, "ERC20InsufficientBalance")) expect.fail(String(error));
          expect(error.args).to.deep.equal({ sender: runner.address, balance: 0n, needed: 5n });
          expect(error.contract).to.equal(await token.getAddress());
          expect(error.message).to.include(second.hash).and.to.include("Fund the sender");
        });
      });

      it("gives the reason on the state before the block, where the block itself removed it", async () => {
        await byHand(async (mine) => {
          const action = await transfer(7n);
          const transaction = await sendAction(context(), action, { gasLimit: 100_000n, ...fees(9n) });
          await token.connect(other).mint(runner.address, 7n, { gasLimit: 100_000n, ...fees(8n) });
          await mine();
          const error = await caught(transaction.receipt());
          expect(isRevert(error, "ERC20InsufficientBalance")).to.equal(true);
        });
        await (await token.transfer(other.address, 7n)).wait();
      });

      it("says so where neither state explains it", async () => {
        await (await token.mint(runner.address, 3n)).wait();
        await byHand(async (mine) => {
          const options = { gasLimit: 100_000n };
          await token.transfer(other.address, 3n, { ...options, ...fees(9n) });
          const transaction = await sendAction(context(), await transfer(3n), { ...options, ...fees(8n) });
          await token.connect(other).mint(runner.address, 3n, { ...options, ...fees(7n) });
          await mine();
          const error = await caught(transaction.wait());
          expect(error).to.deep.include({ name: "TransactionError", code: "TRANSACTION_REVERTED" });
        });
      });

      it("says that the gas ran out", async () => {
        await byHand(async (mine) => {
          const transaction = await sendAction(context(), increase(), { gasLimit: 22_500n });
          await mine();
          const error = await caught(transaction.wait());
          expect(error).to.deep.include({ name: "TransactionError", code: "TRANSACTION_OUT_OF_GAS" });
          expect((error as TransactionError).args).to.include({ gasLimit: 22_500n });
        });
      });
    });

    describe("wait, when the wallet sends something else under the nonce", () => {
      async function replaceBy(make: (nonce: number) => TransactionRequest): Promise<[Transaction<unknown>, string]> {
        const nonce = await runner.getNonce("latest");
        const transaction = await sendAction(context(), increase(), { gasLimit: 100_000n, nonce, ...fees(5n) });
        const { hash } = await runner.sendTransaction({ gasLimit: 100_000n, nonce, ...fees(50n), ...make(nonce) });
        return [transaction, hash];
      }

      it("gives the result where it was only repriced", async () => {
        await byHand(async (mine) => {
          const [transaction, hash] = await replaceBy(() => ({ to: deals, data: increase().data }));
          const waiting = transaction.wait();
          await mine();
          expect(await waiting).to.include({ merchant: runner.address });
          expect((await transaction.receipt()).hash)
            .to.equal(hash)
            .and.to.not.equal(transaction.hash);
        });
      });

      it("gives the reason where the repriced one fails", async () => {
        await byHand(async (mine) => {
          const nonce = await runner.getNonce("latest");
          const action = await transfer(10n ** 30n);
          const options = { gasLimit: 100_000n, nonce };
          const transaction = await sendAction(context(), action, { ...options, ...fees(5n) });
          const { to, data } = action;
          await runner.sendTransaction({ ...options, ...fees(50n), to, data });
          const waiting = caught(transaction.wait());
          await mine();
          expect(isRevert(await waiting, "ERC20InsufficientBalance")).to.equal(true);
        });
      });

      it("says that it was cancelled", async () => {
        await byHand(async (mine) => {
          const [transaction, hash] = await replaceBy(() => ({ to: runner.address, data: "0x" }));
          const waiting = caught(transaction.wait());
          await mine();
          const error = await waiting;
          expect(error).to.deep.include({ name: "TransactionError", code: "TRANSACTION_CANCELLED" });
          expect((error as TransactionError).args).to.include({ hash: transaction.hash, replacement: hash });
        });
      });

      it("says that it was replaced", async () => {
        await byHand(async (mine) => {
          const [transaction, hash] = await replaceBy(() => ({ to: other.address, value: 1n }));
          const waiting = caught(transaction.wait());
          await mine();
          const error = await waiting;
          expect(error).to.deep.include({ name: "TransactionError", code: "TRANSACTION_REPLACED" });
          expect((error as TransactionError).args).to.include({ hash: transaction.hash, replacement: hash });
        });
      });
    });

    describe("sendAction", () => {
      it("refuses before sending what would revert, with the reason", async () => {
        const nonce = await runner.getNonce();
        const error = await caught(sendAction(context(), await transfer(10n ** 30n)));
        expect(isRevert(error, "ERC20InsufficientBalance")).to.equal(true);
        expect(await runner.getNonce()).to.equal(nonce);
      });

      it("refuses without a signer", async () => {
        const { provider } = node;
        const error = await caught(sendAction({ runner: provider, provider }, increase()));
        expect(error).to.deep.include({ name: "TransactionError", code: "NO_SIGNER" });
        expect((error as TransactionError).args).to.deep.equal({ action: "increaseCounter" });
      });

      it("says that the sender has no money for gas", async () => {
        const poor = Wallet.createRandom(node.provider);
        const action = { runner: poor, provider: node.provider };
        expect(await caught(sendAction(action, increase()))).to.deep.include({
          name: "RpcError",
          code: "INSUFFICIENT_FUNDS",
        });
      });

      it("says that the nonce was used", async () => {
        const wallet = Wallet.createRandom(node.provider);
        await (await runner.sendTransaction({ to: wallet, value: parseEther("1") })).wait();
        const mine = { runner: wallet, provider: node.provider };
        await (await sendAction(mine, increase())).wait();
        expect(await caught(sendAction(mine, increase(), { nonce: 0 }))).to.deep.include({ code: "NONCE_USED" });
      });
    });

    describe("simulateAction", () => {
      it("says nothing of what would succeed, and changes nothing", async () => {
        const before = await node.provider.getBlockNumber();
        await simulateAction(context(), increase(), runner.address);
        expect(await node.provider.getBlockNumber()).to.equal(before);
      });

      it("throws what sending would meet", async () => {
        const action = createAction({
          abi: referralDealsAbi,
          to: deals,
          method: "payBondedRebate",
          args: [
            {
              saleId: ZeroHash,
              merchant: runner.address,
              customer: other.address,
              token: await token.getAddress(),
              saleAmount: 2n,
              policy: 0n,
              discount: 1n,
              free: false,
              rebateMoment: 2n ** 40n - 1n,
              rebate: 1n,
              rebateRule: 0n,
              maxUses: 1n,
              counter: 0n,
              salt: ZeroHash,
            },
            `0x${"77".repeat(20)}`,
          ],
          event: "RebatePaid",
          result: ({ rebate }) => rebate,
        });
        const error = await caught(simulateAction(context(), action, runner.address));
        if (!isRevert(error, "DealsTooEarly")) expect.fail(String(error));
        expect(error.args.from).to.equal(2n ** 40n - 1n);
      });
    });
  });
}
