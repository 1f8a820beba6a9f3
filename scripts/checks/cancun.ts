/**
 * Compiles the contracts and their mocks, as the build did, for the Cancun target too, and fails where the creation code
 * differs: the contracts then have one address for both targets, and what the tests say of one holds for the other. The
 * tests themselves are deployed to no chain: an instruction that Cancun lacks would show when `test:cancun` runs them.
 */
import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What solc calls a source of ours that is no test. */
const CONTRACTS = "project/contracts/";

type Contracts = Readonly<
  Record<string, Readonly<Record<string, { readonly evm: { readonly bytecode: { readonly object: string } } }>>>
>;
type Compiler = { readonly compile: (input: string) => string };
type Input = {
  readonly sources: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, unknown>>;
};

/** The build infos that made the artifacts of contracts, and not those of tests alone. */
function buildsOfContracts(): readonly string[] {
  const ids = globSync("artifacts/contracts/**/*.json", { cwd: ROOT }).map(
    (path) => (JSON.parse(readFileSync(join(ROOT, path), "utf8")) as { readonly buildInfoId: string }).buildInfoId,
  );
  return [...new Set(ids)].toSorted();
}

function codesOf(contracts: Contracts): ReadonlyMap<string, string> {
  const codes = Object.entries(contracts).flatMap(([file, inFile]) =>
    Object.entries(inFile).map(([name, { evm }]) => [`${file}:${name}`, evm.bytecode.object] as const),
  );
  return new Map(codes.filter(([file, code]) => file.startsWith(CONTRACTS) && code !== ""));
}

const { compile } = createRequire(import.meta.url)("solc") as Compiler;
let compared = 0;
const problems: string[] = [];

for (const id of buildsOfContracts()) {
  const path = join(ROOT, "artifacts/build-info", id);
  const { input } = JSON.parse(readFileSync(`${path}.json`, "utf8")) as { readonly input: Input };
  const { output } = JSON.parse(readFileSync(`${path}.output.json`, "utf8")) as {
    readonly output: { readonly contracts?: Contracts };
  };
  const built = codesOf(output.contracts ?? {});

  const files = Object.keys(input.sources).filter((file) => file.startsWith(CONTRACTS));
  const settings = {
    ...input.settings,
    evmVersion: "cancun",
    outputSelection: Object.fromEntries(files.map((file) => [file, { "*": ["evm.bytecode.object"] }])),
  };
  const result = JSON.parse(compile(JSON.stringify({ ...input, settings }))) as {
    readonly contracts?: Contracts;
    readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  };
  problems.push(
    ...(result.errors ?? []).filter(({ severity }) => severity === "error").map((error) => error.formattedMessage),
  );
  const cancun = codesOf(result.contracts ?? {});
  for (const [name, code] of built) {
    ++compared;
    if (cancun.get(name) !== code) problems.push(`${name} has other code when it is compiled for Cancun.`);
  }
}

if (compared === 0) problems.push("No compiled contract was found: run the build first.");
for (const problem of problems) console.error(problem);
console.log(`${compared} contracts compared, ${problems.length} problems.`);
process.exitCode = problems.length > 0 ? 1 : 0;
