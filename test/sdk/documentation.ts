import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { expect } from "chai";

import { type ExampleScope, makeScope } from "../helpers/examples/exampleScope.js";
import { findBlocks } from "../helpers/examples/findBlocks.js";
import type { Example } from "../helpers/examples/findExamples.js";
import { typeCheck } from "../helpers/examples/typeCheck.js";
import { writeExample } from "../helpers/examples/writeExample.js";
import { startHardhat, type TestNode } from "../helpers/node.js";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "cache/documentation");
const paths = { sdk: "../../sdk/src/index.js", scope: "../../test/helpers/examples/exampleScope.js" };
const blocks = findBlocks(join(root, "docs/sdk.md"), root);

function moduleOf({ file, line }: Example): string {
  return join(folder, `${file.replaceAll(/[^A-Za-z0-9]/g, "_")}_${line}.ts`);
}

/** What a reader's own surroundings would give: the node's URL, its deployment, the page's wallet, the console. */
function adapted(block: Example, url: string): Example {
  const code = block.code
    .replaceAll("http://127.0.0.1:8545", url)
    .replaceAll(
      "Guildhall.connect(await provider.getSigner())",
      "Guildhall.connect(await provider.getSigner(), { directory })",
    )
    .replaceAll("window.ethereum", "ethereum")
    .replaceAll("console.log", "printed.push");
  const start = code.indexOf("\n\n");
  const [imports, rest] = [code.slice(0, start), code.slice(start)];
  return { ...block, code: `${imports}\n\nconst printed: unknown[] = [];${rest}\nreturn printed;` };
}

describe("docs/sdk.md", () => {
  let node: TestNode;
  let scope: ExampleScope;
  let complaints: ReadonlyMap<string, readonly string[]>;

  before(async function () {
    this.timeout(120_000);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    node = await startHardhat();
    scope = await makeScope(node.provider);
    for (const block of blocks) writeFileSync(moduleOf(block), writeExample(adapted(block, node.url), paths));
    complaints = typeCheck(root, blocks.map(moduleOf));
  });
  after(() => node.stop());

  async function run(block: Example): Promise<readonly unknown[]> {
    expect([...complaints].flat()).to.deep.equal([]);
    const loaded = (await import(pathToFileURL(moduleOf(block)).href)) as {
      readonly example: (scope: ExampleScope) => Promise<readonly unknown[]>;
    };
    return loaded.example(scope);
  }

  it("begins with a program of at most 20 lines that does what it says", async () => {
    const [first] = blocks;
    if (first === undefined) expect.fail("no program");
    expect(first.code.split("\n").length).to.be.at.most(20);
    const printed = await run(first);
    expect(printed).to.include("ReferralDeals").and.to.include("CommitteeRegistry");
    expect(printed.at(-2)).to.equal(`${scope.signer.address} signs offers under counter 1 from now on`);
    expect(printed.at(-1)).to.equal("Check the spelling and that the directory is that of this release.");
  });

  it("shows the same first program in the README", () => {
    expect(findBlocks(join(root, "README.md"), root).map(({ code }) => code)).to.deep.equal([blocks[0]?.code]);
  });

  const outcomes: Readonly<Record<string, (printed: readonly unknown[]) => void>> = {
    "## Connecting": (printed) => {
      expect(printed.slice(1)).to.deep.equal(["WRONG_CHAIN", { expected: 1n, actual: 31337n }]);
    },
    "## Transactions": (printed) => expect(printed[0]).to.match(/^0x/),
    "## Errors": (printed) => expect(printed).to.deep.equal([true, scope.directory]),
    "## Documents": (printed) => expect(printed).to.deep.equal([12_500_000n]),
    "## Signatures": (printed) => expect(printed).to.deep.equal(["key"]),
    "## Watching": (printed) => expect(printed).to.deep.equal([]),
    "## In a browser": (printed) => expect(printed[0]).to.be.a("number"),
  };
  for (const [index, [heading, check]] of Object.entries(outcomes).entries()) {
    it(`has a program under "${heading}" that does what it says`, async () => {
      const block = blocks[index + 1];
      if (block === undefined) expect.fail("no program");
      check(await run(block));
    });
  }

  it("lists every code of every error class of the core, and no other", () => {
    const page = readFileSync(join(root, "docs/sdk.md"), "utf8");
    const sources = readdirSync(join(root, "sdk/src/core"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith("Error.ts"))
      .map((name) => readFileSync(join(root, "sdk/src/core", name), "utf8"));
    let count = 0;
    for (const source of sources) {
      const [, name, union] = /export type (\w+)Code =([^;]+);/.exec(source) ?? [];
      if (name === undefined || union === undefined) continue;
      const codes = [...union.matchAll(/"(\w+)"/g)].map(([, code]) => code);
      const row = page.split("\n").find((line) => line.startsWith(`| \`${name}\``)) ?? "";
      const listed = [...(row.split("|")[2] ?? "").matchAll(/`(\w+)`/g)].map(([, code]) => code);
      expect(listed, name).to.have.members(codes);
      count += codes.length;
    }
    expect(count).to.be.greaterThan(30);
  });

  it("has no program that is not run", () => {
    expect(blocks).to.have.length(Object.keys(outcomes).length + 1);
  });
});
