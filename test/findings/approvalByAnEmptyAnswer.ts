import { expect } from "chai";
import { id, Wallet } from "ethers";

import { onFaultyNode } from "../helpers/faultyNode/onFaultyNode.js";

/**
 * `requireApproval` succeeded wherever the node answered the call with nothing, as it does for an address at which it sees no
 * contract: the function returns nothing where an approval counts. It is asked for a yes as well now.
 */
describe("finding: an empty answer", () => {
  it("no longer is an approval", async () => {
    await onFaultyNode(async ({ hall, node, client }) => {
      const config = { members: [new Wallet(id("member")).address], threshold: 1 };
      const created = await hall.halls.merchant.committees.create({ salt: id("salt"), config });
      const { committeeId } = await created.wait();
      const claim = { committeeId, epoch: 1, digest: id("never approved"), approval: "0x" };
      const refusal = await client.committees.requireApproval(claim).catch((caught: unknown) => caught);
      expect(refusal).to.have.property("name", "CommitteeMalformedApproval");
      node.arm("eth_call", { kind: "answer", change: ({ id: same }) => ({ id: same, result: "0x" }) });
      const error = await client.committees.requireApproval(claim).catch((caught: unknown) => caught);
      expect(error).to.have.property("code", "RPC_UNEXPECTED_ANSWER");
    });
  });
});
