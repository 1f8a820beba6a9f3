import { expect } from "chai";
import { id, type JsonRpcSigner } from "ethers";

import { createAction, type DealEvent, Guildhall, referralDealsAbi, sendAction } from "../../sdk/src/index.js";
import { anvilProgram, startAnvil, type TestNode } from "../helpers/node.js";
import { deploySuite } from "../helpers/suite.js";

const anvil = anvilProgram();

for (const program of anvil === undefined ? [] : [anvil]) {
  describe("the SDK on a chain that is reorganised", () => {
    let node: TestNode;
    let merchant: JsonRpcSigner;
    let hall: Guildhall;
    beforeEach(async () => {
      node = await startAnvil(program);
      merchant = await node.provider.getSigner(1);
      const { Directory: directory } = await deploySuite(await node.provider.getSigner(0));
      hall = await Guildhall.connect(merchant, { directory });
    });
    afterEach(() => node.stop());

    const mine = (blocks = 1): Promise<unknown> => node.provider.send("anvil_mine", [`0x${blocks.toString(16)}`]);
    /** Replaces the last blocks by empty ones. */
    const reorganise = (depth: number): Promise<unknown> => node.provider.send("anvil_reorg", [depth, []]);
    const increase = async (): Promise<DealEvent<"CounterIncreased">["args"]> =>
      (await hall.deals.increaseCounter({ gasLimit: 100_000n })).wait();

    /** Collects what a watcher tells, taken back or not; `reached(n)` resolves with the n-th. */
    function collector() {
      const told: string[] = [];
      const errors: unknown[] = [];
      const waiting = new Map<number, () => void>();
      const note = (text: string): void => {
        told.push(text);
        waiting.get(told.length)?.();
      };
      return {
        told,
        errors,
        listener: (event: DealEvent) => {
          note(event.name === "CounterIncreased" ? `+${event.args.counter}` : event.name);
        },
        onRemoved: (event: DealEvent) => {
          note(event.name === "CounterIncreased" ? `-${event.args.counter}` : event.name);
        },
        onError: (error: unknown) => {
          errors.push(error);
          note(String((error as { readonly code?: unknown }).code));
        },
        reached: (count: number) =>
          new Promise<void>((resolve) => {
            if (told.length >= count) resolve();
            else waiting.set(count, resolve);
          }),
      };
    }

    describe("watch", () => {
      it("takes back what is gone, the latest first, and tells what came instead in the same blocks", async () => {
        await mine(2);
        const { told, errors, reached, ...listeners } = collector();
        const stop = hall.deals.watch(listeners.listener, { ...listeners, fromBlock: 0 });
        await increase();
        await reached(1);
        await increase();
        await reached(2);
        await reorganise(2);
        // The block in place of the first event's holds another one; nothing but its hash tells it from the old one.
        await increase();
        await reached(5);
        await stop();
        expect(told).to.deep.equal(["+1", "+2", "-2", "-1", "+1"]);
        expect(errors).to.deep.equal([]);
      });

      it("neither loses nor repeats what is mined again", async () => {
        const { told, errors, reached, ...listeners } = collector();
        await increase();
        await mine(1);
        const stop = hall.deals.watch(listeners.listener, { ...listeners, fromBlock: 0 });
        await reached(1);
        await mine(1);
        await reorganise(1);
        await increase();
        await reached(2);
        await stop();
        expect(told).to.deep.equal(["+1", "+2"]);
        expect(errors).to.deep.equal([]);
      });

      it("tells nothing too early that has not the confirmations asked for", async () => {
        const { told, reached, ...listeners } = collector();
        const stop = hall.deals.watch(listeners.listener, { ...listeners, fromBlock: 0, confirmations: 2 });
        await increase();
        await reorganise(1);
        await increase();
        await mine(2);
        await reached(1);
        await stop();
        expect(told).to.deep.equal(["+1"]);
      });

      it("says so where the event that it should go on after is gone", async () => {
        await increase();
        const [last] = await hall.deals.history();
        await mine(1);
        await reorganise(2);
        const { told, reached, ...listeners } = collector();
        const stop = hall.deals.watch(listeners.listener, { ...listeners, after: last });
        await reached(1);
        await stop();
        expect(told).to.deep.equal(["RPC_REORGANISED"]);
      });
    });

    describe("reads", () => {
      it("forget an epoch that is gone", async () => {
        const members = await Promise.all(
          [0, 1, 2].map(async (index) => (await node.provider.getSigner(index)).address),
        );
        const config = { members, threshold: 2 };
        const admin = merchant.address;
        const made = await hall.committees.create({ salt: id("reorganised"), admin, config });
        const { committeeId } = await made.wait();
        await mine(3);
        const next = { members: members.slice(0, 2), threshold: 1 };
        const rotation = { committeeId, config: next, graceUntil: 0 };
        await (await hall.committees.rotate(rotation)).wait();
        expect((await hall.committees.epoch(committeeId)).number).to.equal(2);
        await reorganise(1);
        expect((await hall.committees.epoch(committeeId)).number).to.equal(1);
        expect((await hall.committees.epoch(committeeId)).members).to.deep.equal(members);
      });

      it("forget events that are gone", async () => {
        await increase();
        expect((await hall.deals.history()).length).to.equal(1);
        expect(await hall.deals.counterOf(merchant.address)).to.equal(1);
        await reorganise(1);
        expect(await hall.deals.history()).to.deep.equal([]);
        expect(await hall.deals.counterOf(merchant.address)).to.equal(0);
      });
    });

    describe("Transaction.wait", () => {
      it("does not count the confirmations of a block that is gone", async () => {
        await mine(2);
        const action = createAction({
          abi: referralDealsAbi,
          to: hall.deals.address,
          method: "increaseCounter",
          args: [],
          event: "CounterIncreased",
          result: ({ counter }) => counter,
        });
        const transaction = await sendAction(hall.context, action);
        expect(await transaction.wait()).to.equal(1n);
        await reorganise(1);
        await mine(1);
        const error = await transaction.wait({ confirmations: 2, timeout: 200 }).catch((caught: unknown) => caught);
        expect(error).to.have.property("code", "TRANSACTION_NOT_MINED");
      });
    });
  });
}
