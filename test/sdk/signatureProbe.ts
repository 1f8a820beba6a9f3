import { expect } from "chai";
import { id, toBeHex, Wallet } from "ethers";

import { verifySignature } from "../../sdk/src/index.js";
import { onFaultyNode } from "../helpers/faultyNode/onFaultyNode.js";

describe("verifySignature", () => {
  const account = new Wallet(id("an account that signs nothing")).address;
  const probe = { account, digest: id("what is signed"), signature: "0x1234" };

  it("takes no answer of a node that runs no probe for a verdict", async () => {
    await onFaultyNode(async ({ node, provider }) => {
      for (const answer of ["0x", "0x04", "0x10", "0x0100", toBeHex(1, 32), `0x${"01".repeat(40)}`]) {
        node.reset();
        node.arm("eth_call", { kind: "result", change: () => answer });
        const error = await verifySignature({ ...probe, provider }).catch((caught: unknown) => caught);
        expect(error).to.deep.include({ name: "RpcError", code: "RPC_UNEXPECTED_ANSWER" });
        expect(error)
          .to.have.property("args")
          .that.deep.equals({ answer: answer.slice(0, 66) });
        expect(error)
          .to.have.property("what")
          .that.includes(`answered "${answer.slice(0, 66)}" where`);
      }
    });
  });

  it("takes no wallet for deployed by a wrapping that was not there", async () => {
    await onFaultyNode(async ({ node, provider }) => {
      node.arm("eth_call", { kind: "result", change: () => "0x02" });
      expect(await verifySignature({ ...probe, provider })).to.deep.equal({ valid: false, reason: "WALLET_REFUSED" });
    });
  });
});
