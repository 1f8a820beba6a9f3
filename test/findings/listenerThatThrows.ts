import { expect } from "chai";

import type { DealEvent } from "../../sdk/src/index.js";
import { networkHelpers } from "../helpers/dealSessions.js";
import { onFaultyNode } from "../helpers/faultyNode/onFaultyNode.js";

/**
 * A watcher counted a range of blocks as told before it told its events: where a listener threw at one of them, that one and
 * all after it were lost. And a listener that answered later, and failed, left its rejection unhandled.
 */
describe("finding: a listener that throws", () => {
  for (const kind of ["at once", "later"] as const) {
    it(`${kind} is told the same event again, and loses none`, async () => {
      await onFaultyNode(async ({ hall, client }) => {
        for (const party of ["merchant", "customer", "buyer"] as const) {
          await (await hall.halls[party].deals.increaseCounter()).wait();
        }
        const told: string[] = [];
        const errors: unknown[] = [];
        const done = Promise.withResolvers<undefined>();
        const failed = Promise.withResolvers<undefined>();
        const listener = (event: DealEvent): void | Promise<void> => {
          const merchant = event.name === "CounterIncreased" ? event.args.merchant : "";
          told.push(merchant);
          if (told.length === 4) done.resolve(undefined);
          if (told.length !== 2) return;
          if (kind === "at once") throw new RangeError("the disk is full");
          return Promise.reject(new RangeError("the disk is full"));
        };
        const onError = (error: unknown): void => {
          errors.push(error);
          failed.resolve(undefined);
        };
        const stop = client.deals.watch(listener, { fromBlock: 0, onError });
        await failed.promise;
        await networkHelpers.mine(1);
        await done.promise;
        await stop();
        const { merchant, customer, buyer } = hall.signers;
        expect(told).to.deep.equal([merchant, customer, customer, buyer].map(({ address }) => address));
        expect(errors.map(String)).to.deep.equal(["RangeError: the disk is full"]);
      });
    });
  }
});
