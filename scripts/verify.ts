import { join } from "node:path";
import { parseArgs } from "node:util";

import hre from "hardhat";

import { deploymentPath, readDeployment } from "./deployment/deploymentFile.js";
import { verifyDeployment } from "./deployment/verifyDeployment.js";
import { connect } from "./support/connect.js";
import { runMain } from "./support/runMain.js";
import { ScriptError } from "./support/ScriptError.js";

const USAGE = `npm run verify -- --network <name> [options]

Compares a live chain with its record and names each difference. Exits 0 when they agree, 1 when they differ, 2 when they
could not be compared.

  --network <name>        a network of hardhat.config.ts
  --rpc-url <url>         another URL for it
  --source                the code built here must be the recorded one too; for a checkout of the record's commit
  --build-profile <name>  with --source: default (osaka) or cancun
  --records <folder>      where records are; deployments/ when not given`;

async function main(): Promise<number> {
  const { values: options } = parseArgs({
    options: {
      network: { type: "string" },
      "rpc-url": { type: "string" },
      source: { type: "boolean", default: false },
      "build-profile": { type: "string", default: "default" },
      records: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (options.help) {
    console.log(USAGE);
    return 0;
  }

  const connection = await connect(hre, options.network, options["rpc-url"]);
  const { provider } = connection.ethers;
  const { chainId } = await provider.getNetwork();
  const path = deploymentPath(options.records ?? join(hre.config.paths.root, "deployments"), Number(chainId));
  const record = readDeployment(path);
  if (record === undefined) {
    throw new ScriptError("RecordMissing", `There is no record ${path} of chain ${chainId}. Deploy first.`, { path });
  }
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true, defaultBuildProfile: options["build-profile"] });

  const { artifacts } = hre;
  const differences = await verifyDeployment({ provider, record, artifacts, againstSource: options.source });
  for (const { kind, what, recorded, found } of differences) {
    console.log(`${kind}: ${what}\n  recorded  ${recorded}\n  found     ${found}`);
  }
  const count = Object.keys(record.contracts).length;
  console.log(
    differences.length === 0
      ? `Chain ${chainId} agrees with ${path}: ${count} contracts.`
      : `Chain ${chainId} differs from ${path} in ${differences.length} points.`,
  );
  return differences.length === 0 ? 0 : 1;
}

await runMain(main);
