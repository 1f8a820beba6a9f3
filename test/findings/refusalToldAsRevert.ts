import { expect } from "chai";
import { ZeroAddress } from "ethers";

import type { GuildhallError } from "../../sdk/src/index.js";
import type { Fault } from "../helpers/faultyNode/Fault.js";
import { onFaultyNode } from "../helpers/faultyNode/onFaultyNode.js";

const refusal = (message: string): Fault => ({
  kind: "answer",
  change: ({ id }) => ({ id, error: { code: -32005, message } }),
});

/**
 * What a node refused (a limit, a state that it has no more) was told as a revert of the contract "without a reason", as
 * ethers takes every error of eth_call for one; and a gateway's page as "the runner cannot do this, connect with a signer".
 */
describe("finding: a node's own refusal", () => {
  const cases: Readonly<Record<string, readonly [Fault, string]>> = {
    "of too many requests": [refusal("daily request count exceeded, request rate limited"), "RPC_REFUSED"],
    "of a state that it has no more": [refusal("missing trie node"), "RPC_REFUSED"],
    "in the shape of a page": [{ kind: "http", status: 200, body: "<html></html>" }, "RPC_UNEXPECTED_ANSWER"],
    "that is a revert after all": [refusal("execution reverted"), "CONTRACT_REVERT"],
  };
  for (const [name, [fault, code]] of Object.entries(cases)) {
    it(`${name} is told as ${code}`, async () => {
      await onFaultyNode(async ({ node, client }) => {
        node.arm("eth_call", fault);
        const error = await client.deals.counterOf(ZeroAddress).catch((caught: unknown) => caught);
        expect((error as GuildhallError).code).to.equal(code);
        expect((error as GuildhallError).advice).to.not.include("signer");
      });
    });
  }
});
