/** Fails on every compiler warning about our own Solidity files, as the last build of each found it. */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { type CompilerMessage, concernsUs } from "../hardhat/quietLibraries.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

type BuildOutput = {
  readonly output: {
    readonly sources?: Readonly<Record<string, unknown>>;
    readonly errors?: readonly (CompilerMessage & { readonly sourceLocation?: { readonly file: string } })[];
  };
};

const builds = globSync("artifacts/build-info/*.output.json", { cwd: ROOT }).map(
  (path) => JSON.parse(readFileSync(join(ROOT, path), "utf8")) as BuildOutput,
);
const own = (file: string | undefined) => file?.startsWith("project/") === true;
const sources = builds.flatMap(({ output }) => Object.keys(output.sources ?? {}).filter(own));
const warnings = new Set(
  builds.flatMap(({ output }) =>
    (output.errors ?? [])
      .filter((error) => own(error.sourceLocation?.file) && concernsUs(error))
      .map((error) => error.formattedMessage),
  ),
);

for (const warning of warnings) console.error(warning);
if (sources.length === 0) console.error("No compiled source was found: run the build first.");
console.log(`${new Set(sources).size} Solidity files, ${warnings.size} compiler warnings.`);
process.exitCode = warnings.size > 0 || sources.length === 0 ? 1 : 0;
