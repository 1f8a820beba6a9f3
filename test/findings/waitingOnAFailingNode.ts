import { expect } from "chai";
import { id } from "ethers";

import { createAction, referralDealsAbi, Transaction } from "../../sdk/src/index.js";
import { networkHelpers } from "../helpers/dealSessions.js";
import type { Fault } from "../helpers/faultyNode/Fault.js";
import { type OnFaultyNode, onFaultyNode } from "../helpers/faultyNode/onFaultyNode.js";

/**
 * Waiting for a transaction was left to ethers, whose timeout begins only after the node's first answer, which takes any
 * receipt for the one asked for, and which leaves a rejection unhandled (and so ends a Node process) where the node fails
 * while one waits.
 */
describe("finding: waiting for a transaction on a node that fails", () => {
  async function sent({ hall, provider }: OnFaultyNode): Promise<Transaction<bigint>> {
    const { hash } = await hall.halls.merchant.deals.increaseCounter();
    const response = await hall.halls.merchant.context.provider.getTransaction(hash);
    const action = createAction({
      abi: referralDealsAbi,
      to: hall.reader.contract,
      method: "increaseCounter",
      args: [],
      event: "CounterIncreased",
      result: ({ counter }) => counter,
    });
    return new Transaction(action, response ?? expect.fail("it was not sent"), provider);
  }
  const caught = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => expect.fail("nothing was thrown"),
      (error: unknown) => error,
    );

  it("ends in time where the node never answers", async () => {
    await onFaultyNode(async (given) => {
      const transaction = await sent(given);
      given.node.arm("*", { kind: "hang" });
      expect(await caught(transaction.wait({ timeout: 50 }))).to.have.property("code", "TRANSACTION_NOT_MINED");
    });
  });

  it("does not take the receipt of another transaction, nor one out of another block", async () => {
    await onFaultyNode(async (given) => {
      const transaction = await sent(given);
      for (const field of ["transactionHash", "blockHash"]) {
        given.node.reset();
        const change = (receipt: unknown): unknown => ({ ...(receipt as object), [field]: id("another"), logs: [] });
        given.node.arm("eth_getTransactionReceipt", { kind: "result", change });
        const error = await caught(transaction.wait({ timeout: 200 }));
        expect(error).to.have.property("code", "TRANSACTION_NOT_MINED");
      }
      given.node.reset();
      expect(await transaction.wait()).to.equal(1n);
    });
  });

  it("leaves no rejection unhandled, and gives the result once the node is well", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): void => {
      unhandled.push(reason);
    };
    process.on("unhandledRejection", note);
    try {
      await onFaultyNode(async (given) => {
        const transaction = await sent(given);
        const { node } = given;
        const down: Fault = { kind: "answer", change: ({ id: same }) => ({ id: same, error: { message: "down" } }) };
        node.arm("eth_getTransactionReceipt", down, { times: 3 });
        const waiting = transaction.wait({ timeout: 30_000 });
        // A new block each time the node was asked in vain.
        while (node.struck < 3) {
          await networkHelpers.mine(1);
          await given.provider.getBlockNumber();
        }
        await networkHelpers.mine(1);
        expect(await waiting).to.equal(1n);
      });
    } finally {
      process.off("unhandledRejection", note);
    }
    expect(unhandled).to.deep.equal([]);
  });
});
