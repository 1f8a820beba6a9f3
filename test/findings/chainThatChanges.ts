import { expect } from "chai";
import { FetchRequest, JsonRpcProvider, ZeroAddress } from "ethers";

import { Guildhall } from "../../sdk/src/index.js";
import { onFaultyNode } from "../helpers/faultyNode/onFaultyNode.js";

/**
 * A client that was connected on one chain went on reading where its wallet, or its URL, had changed to another: ethers looks
 * at the chain id before it reads logs and blocks, and not before it calls a contract.
 */
describe("finding: a chain that changes", () => {
  it("no longer is read as if it were the one that was connected to", async () => {
    await onFaultyNode(async ({ hall, node, client }) => {
      // As a browser's wallet is used, which may change its chain at any time.
      const any = new JsonRpcProvider(new FetchRequest(node.url), "any", { cacheTimeout: -1, batchStallTime: 0 });
      const { Directory: directory } = hall.halls.merchant.context.addresses;
      const wallet = await Guildhall.connect(any, { directory });
      expect(await wallet.deals.counterOf(ZeroAddress)).to.equal(0);
      node.arm("eth_chainId", { kind: "result", change: () => "0x1" });
      for (const deals of [wallet.deals, client.deals]) {
        const error = await deals.counterOf(ZeroAddress).catch((caught: unknown) => caught);
        expect(error).to.deep.include({ code: "WRONG_CHAIN", args: { expected: 31337n, actual: 1n } });
      }
      node.reset();
      expect(await wallet.deals.counterOf(ZeroAddress)).to.equal(0);
      any.destroy();
    });
  });
});
