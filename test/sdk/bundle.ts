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

  it("takes nothing from Node for certificates but what HPKE asks for where there is no WebCrypto", async () => {
    const { builtIns } = await bundleSdk(root, 'export * from "./sdk/src/certificates/index.ts";');
    expect(builtIns.map(({ name, importer }) => `${name} ${importer.split("/").slice(0, 3).join("/")}`)).to.deep.equal([
      "crypto node_modules/@hpke/common",
      "crypto node_modules/@hpke/common",
    ]);
  });

  it("makes, seals and reads certificates where there is no process, no Buffer, no require", async () => {
    const { code } = await bundleSdk(root, 'export * from "./sdk/src/certificates/index.ts";', "iife");
    const web = {
      TextEncoder,
      TextDecoder,
      URL,
      crypto,
      fetch,
      setTimeout,
      clearTimeout,
      atob,
      btoa,
      Uint8Array,
      ArrayBuffer,
    };
    const program = `var self = globalThis;
      ${code}
      (async () => {
        const key = await sdk.createKeyPair("P-256");
        const validity = { notBefore: 1800000000, notAfter: 1900000000 };
        const root = sdk.createRootTbs({ key, subject: { commonName: "centre 1" }, serial: 1n, ...validity });
        const certificate = sdk.parseCertificate(sdk.toPem(await sdk.signTbs(root.tbs, key), "CERTIFICATE"));
        const { valid } = await sdk.checkCertificate(certificate, certificate, 1850000000);
        const { publicKey, secretKey } = await sdk.createCentreKey();
        const [envelope] = await sdk.sealIdentification({ a: 1 }, "0x" + "11".repeat(32), [{ centre: 1, publicKey }]);
        const { identification } = await sdk.openIdentification(envelope, secretKey);
        return JSON.stringify([valid, identification, typeof process, typeof Buffer, typeof require]);
      })();`;
    const printed: unknown = await runInContext(program, createContext(web));
    expect(JSON.parse(String(printed))).to.deep.equal([true, { a: 1 }, "undefined", "undefined", "undefined"]);
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
