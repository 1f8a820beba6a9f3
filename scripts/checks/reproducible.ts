/**
 * Builds the contracts from nothing: twice in two folders, and once for the Cancun target. Fails where the byte code differs,
 * so that a release has one address on all chains. Then holds the record of the local chain against the build: each contract
 * of the suite was created by exactly this code.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { InterfaceAbi } from "ethers";
import { Interface, concat, keccak256 } from "ethers";

import { copyTree } from "../quality/copyTree.js";
import { writeFigures } from "../quality/figures/writeFigures.js";
import { runHardhat } from "../quality/runHardhat.js";
import { ScriptError } from "../support/ScriptError.js";
import { runMain } from "../support/runMain.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const RECORD = "deployments/31337.json";

type Artifact = {
  readonly contractName: string;
  readonly abi: InterfaceAbi;
  readonly bytecode: string;
  readonly deployedBytecode: string;
};
type Record31337 = {
  readonly contracts: Readonly<
    Record<string, { readonly constructorArguments: readonly unknown[]; readonly initCodeHash: string }>
  >;
};

/** What a build from nothing makes, by the source's path and the contract's name. */
function build(name: string, profile = "default"): ReadonlyMap<string, Artifact> {
  const copy = copyTree(ROOT, name, { built: false });
  try {
    const { status, stdout, stderr } = runHardhat(copy.path, ["build", "--no-tests", "--build-profile", profile]);
    if (status !== 0) throw new ScriptError("BuildFailed", `${stdout}${stderr}`);
    const artifacts = new Map<string, Artifact>();
    for (const path of globSync("artifacts/contracts/**/*.json", { cwd: copy.path })) {
      const artifact = JSON.parse(readFileSync(join(copy.path, path), "utf8")) as Partial<Artifact>;
      if (artifact.bytecode !== undefined && artifact.bytecode !== "0x") artifacts.set(path, artifact as Artifact);
    }
    return artifacts;
  } finally {
    copy.remove();
  }
}

/** Where one build made other byte code than another. */
function differences(
  first: ReadonlyMap<string, Artifact>,
  second: ReadonlyMap<string, Artifact>,
  what: string,
): readonly string[] {
  return [...new Set([...first.keys(), ...second.keys()])]
    .filter((path) => {
      const [a, b] = [first.get(path), second.get(path)];
      return a?.bytecode !== b?.bytecode || a?.deployedBytecode !== b?.deployedBytecode;
    })
    .map((path) => `${path}: ${what}`);
}

function main(): Promise<number> {
  const first = build("one");
  const problems = [
    ...differences(first, build("another-and-longer-name"), "the two builds differ"),
    ...differences(first, build("cancun", "cancun"), "has other code when it is compiled for Cancun"),
  ];
  if (first.size === 0) problems.push("the build made no byte code");

  const record = JSON.parse(readFileSync(join(ROOT, RECORD), "utf8")) as Record31337;
  for (const [name, { constructorArguments, initCodeHash }] of Object.entries(record.contracts)) {
    const artifact = [...first.values()].find(({ contractName }) => contractName === name);
    if (artifact === undefined) {
      problems.push(`${RECORD}: there is no contract ${name}`);
      continue;
    }
    const initCode = concat([artifact.bytecode, new Interface(artifact.abi).encodeDeploy(constructorArguments)]);
    if (keccak256(initCode) !== initCodeHash) problems.push(`${RECORD}: ${name} was made by other code`);
  }

  for (const problem of problems) console.error(problem);
  const recorded = Object.keys(record.contracts).length;
  console.log(
    `${first.size} contracts built twice and for Cancun, ${recorded} recorded ones compared, ${problems.length} problems`,
  );
  writeFigures(ROOT, "reproducible", { contracts: first.size, recorded, problems: problems.length });
  return Promise.resolve(problems.length > 0 ? 1 : 0);
}

await runMain(main);
