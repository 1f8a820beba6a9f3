import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { expect } from "chai";

import * as certificates from "../../sdk/src/certificates/index.js";
import * as sdk from "../../sdk/src/index.js";
import * as nodeCertificates from "../../sdk/src/node/certificates/index.js";
import { type ExampleScope, makeScope } from "../helpers/examples/exampleScope.js";
import { type Example, findExamples } from "../helpers/examples/findExamples.js";
import { typeCheck } from "../helpers/examples/typeCheck.js";
import { writeExample } from "../helpers/examples/writeExample.js";
import { startHardhat, type TestNode } from "../helpers/node.js";

const root = join(import.meta.dirname, "../..");
const source = join(root, "sdk/src");
const folder = join(root, "cache/examples");
const paths = { sdk: "../../sdk/src/index.js", scope: "../../test/helpers/examples/exampleScope.js" };
const examples = findExamples(source);

function moduleOf({ file, line }: Example): string {
  return join(folder, `${file.replaceAll(/[^A-Za-z0-9]/g, "_")}_${line}.ts`);
}

describe("the examples in the SDK's comments", () => {
  let node: TestNode;
  let scope: ExampleScope;
  let complaints: ReadonlyMap<string, readonly string[]>;
  let snapshot: unknown;

  before(async function () {
    this.timeout(120_000);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const example of examples) writeFileSync(moduleOf(example), writeExample(example, paths));
    complaints = typeCheck(root, examples.map(moduleOf));
    node = await startHardhat();
    scope = await makeScope(node.provider);
  });
  after(() => node.stop());
  beforeEach(async () => {
    snapshot = await node.provider.send("evm_snapshot", []);
  });
  afterEach(async () => {
    await node.provider.send("evm_revert", [snapshot]);
  });

  it("are there", () => {
    expect(examples.length).to.be.greaterThan(10);
  });

  it("have correct types in what they stand on", () => {
    const elsewhere = [...complaints].filter(([name]) => !name.startsWith(folder));
    expect(elsewhere).to.deep.equal([]);
  });

  for (const example of examples) {
    it(`${example.file}:${example.line}`, async () => {
      expect(example.code, "an example asserts something").to.match(/\bassert\b/);
      expect(complaints.get(moduleOf(example)) ?? []).to.deep.equal([]);
      const loaded = (await import(pathToFileURL(moduleOf(example)).href)) as {
        readonly example: (scope: ExampleScope) => Promise<void>;
      };
      await loaded.example(scope);
    });
  }
});

/** A function that is no class: those show their methods one by one. */
function isFunction(value: unknown): boolean {
  return typeof value === "function" && !Function.prototype.toString.call(value).startsWith("class");
}

describe("the SDK's public functions", () => {
  it("have an example each", () => {
    const lacking = Object.entries({ ...sdk, ...certificates, ...nodeCertificates })
      .filter(([, value]) => isFunction(value))
      .map(([name]) => name)
      .filter((name) => !examples.some(({ code }) => new RegExp(`\\b${name}\\b`).test(code)));
    expect(lacking).to.deep.equal([]);
  });
});
