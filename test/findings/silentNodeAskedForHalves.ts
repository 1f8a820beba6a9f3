import { expect } from "chai";

import { networkHelpers } from "../helpers/dealSessions.js";
import { IMPATIENT, PATIENT } from "../helpers/faultyNode/connectThrough.js";
import { onFaultyNode } from "../helpers/faultyNode/onFaultyNode.js";

/**
 * Reading events halved the range of blocks also where the node did not answer at all, or was too busy: a timeout of a minute
 * became one for each halving, and a node that asked for less was asked for more. Only a node that answers and refuses is
 * asked for the halves now.
 */
describe("finding: a node that does not answer", () => {
  it("no longer is asked for ever smaller ranges of blocks", async () => {
    await onFaultyNode(async ({ node, provider, client }) => {
      await networkHelpers.mine(100);
      for (const fault of [{ kind: "hang" }, { kind: "http", status: 429, body: "slow down" }] as const) {
        node.reset();
        node.arm("eth_getLogs", fault);
        provider.patience = fault.kind === "hang" ? IMPATIENT : PATIENT;
        const error = await client.deals.history({ fromBlock: 0, toBlock: 90 }).catch((caught: unknown) => caught);
        expect(error).to.have.property("code", "RPC_UNAVAILABLE");
        const ranges = node.requests.filter(({ method }) => method === "eth_getLogs").map(({ params }) => params);
        expect(new Set(ranges.map((range) => JSON.stringify(range))).size).to.equal(1);
      }
      node.reset();
      const tooLarge = {
        kind: "answer",
        change: ({ id }: { id: unknown }) => ({ id, error: { message: "range" } }),
      } as const;
      node.arm("eth_getLogs", tooLarge, { times: 1 });
      expect(await client.deals.history({ fromBlock: 0, toBlock: 90 })).to.deep.equal([]);
    });
  });
});
