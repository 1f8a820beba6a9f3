import { expect } from "chai";
import { id } from "ethers";

import { saleIdOf } from "../../sdk/src/index.js";
import { openSessions, playTo } from "../helpers/dealSessions.js";
import { onFaultyNode } from "../helpers/faultyNode/onFaultyNode.js";

/**
 * `saleOf` answered "none" for a recorded sale, and `dealUnder` "none" for a settled referral, where the node left the log
 * out: a merchant would have been told to record the sale, and not that another deal stands. The state of the same id is
 * read beside the log now; where the two disagree, that is said.
 */
describe("finding: a log that a node leaves out", () => {
  it("no longer makes a recorded sale unrecorded, nor a settled referral free", async () => {
    await onFaultyNode(async ({ hall, node, client }) => {
      const sessions = await openSessions(hall);
      await playTo(hall, sessions, "buyerSigned");
      const { referralId } = await (await hall.halls.merchant.deals.settle(sessions.merchant.file)).wait();
      const sale = sessions.merchant.file.body.sale ?? expect.fail("there is no sale");
      const { reader } = client.deals;
      expect((await reader.saleOf(saleIdOf(sale)))?.state).to.equal("RECORDED");
      node.arm("eth_getLogs", { kind: "result", change: () => [] });
      for (const read of [reader.saleOf(saleIdOf(sale)), reader.dealUnder(referralId)]) {
        const error = await read.catch((caught: unknown) => caught);
        expect(error).to.have.property("code", "RPC_UNEXPECTED_ANSWER");
      }
      expect(await reader.saleOf(id("no sale"))).to.equal(undefined);
      expect(await reader.dealUnder(id("no referral"))).to.equal(undefined);
    });
  });
});
