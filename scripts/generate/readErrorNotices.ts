import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

import type { Artifact } from "./readArtifacts.js";

type SolcInput = { readonly settings: object };
type UserDoc = { readonly errors?: Readonly<Record<string, readonly { readonly notice?: string }[]>> };
type SolcOutput = {
  readonly contracts: Readonly<Record<string, Readonly<Record<string, { readonly userdoc: UserDoc }>>>>;
};
type Solc = { readonly compile: (input: string) => string };

// The compiler that Hardhat uses, asked for documentation alone: artifacts do not hold it.
const solc = createRequire(import.meta.url)("solc") as Solc;
const documented = new Map<string, SolcOutput>();

function documentationOf(root: string, buildInfoId: string): SolcOutput {
  const known = documented.get(buildInfoId);
  if (known !== undefined) return known;
  const text = readFileSync(join(root, "artifacts/build-info", `${buildInfoId}.json`), "utf8");
  const { input } = JSON.parse(text) as { readonly input: SolcInput };
  const settings = { ...input.settings, outputSelection: { "*": { "*": ["userdoc"] } } };
  const output = JSON.parse(solc.compile(JSON.stringify({ ...input, settings }))) as SolcOutput;
  documented.set(buildInfoId, output);
  return output;
}

/** The `@notice` of each error that a contract, interface or library declares, by its signature. */
export function readErrorNotices(root: string, artifact: Artifact): ReadonlyMap<string, string> {
  const { buildInfoId, inputSourceName, contractName } = artifact;
  if (buildInfoId === undefined || inputSourceName === undefined) return new Map();
  const contract = documentationOf(root, buildInfoId).contracts[inputSourceName]?.[contractName];
  const errors = Object.entries(contract?.userdoc.errors ?? {});
  return new Map(
    errors.map(([signature, docs]) => [
      signature,
      docs
        .map(({ notice }) => notice ?? "")
        .join(" ")
        .trim(),
    ]),
  );
}
