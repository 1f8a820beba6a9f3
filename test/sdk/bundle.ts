import { join } from "node:path";
import { createContext, runInContext } from "node:vm";

import { expect } from "chai";

import { bundleSdk } from "../../scripts/checks/bundleSdk.js";

const root = join(import.meta.dirname, "../..");

describe("the SDK's bundle for browsers", () => {
  it("takes nothing from Node", async () => {
    const { builtIns } = await bundleSdk(root, 'export * from "./sdk/src/index.ts";');
    expect(builtIns).to.deep.equal([]);
  });

  it("would be caught taking something from Node, with the file that does", async () => {
    const program = 'export * from "./test/sdk/bundle.ts";';
    const { builtIns } = await bundleSdk(root, program);
    expect(builtIns).to.deep.include({ name: "node:path", importer: "test/sdk/bundle.ts" });
    expect(builtIns).to.deep.include({ name: "node:vm", importer: "test/sdk/bundle.ts" });
  });

  it("runs where there is no process, no Buffer, no require, and does its work", async () => {
    const { code } = await bundleSdk(root, 'export * from "./sdk/src/index.ts";', "iife");
    // What every browser has and the language itself has not.
    const web = { TextEncoder, TextDecoder, URL, crypto, fetch, setTimeout, clearTimeout, atob, btoa };
    const context = createContext(web);
    const program = `var self = globalThis;
      ${code}
      const error = sdk.decodeRevert({ data: "0x3ee5aeb5" });
      const codec = {
        type: "Greeting",
        body: sdk.schema.object({ words: sdk.schema.bytes({ max: 4 }) }),
        entry: sdk.schema.object({}),
        maxSignatures: 0,
        claims: () => [],
      };
      const contract = "0x" + "11".repeat(20);
      const text = sdk.serializeDocument(
        codec,
        sdk.createDocument(codec, { chainId: 1n, contract, body: { words: "0x01" } }),
      );
      JSON.stringify([error.name, sdk.parseDocument(text, [codec]).body, typeof process, typeof Buffer, typeof require]);`;
    let printed: unknown;
    try {
      printed = runInContext(program, context);
    } catch (error) {
      // Without its stack, which would hold the whole bundle.
      expect.fail(error instanceof Error ? error.message : String(error));
    }
    expect(JSON.parse(String(printed))).to.deep.equal([
      "ReentrancyGuardReentrantCall",
      { words: "0x01" },
      "undefined",
      "undefined",
      "undefined",
    ]);
  });
});
