import { readFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { join } from "node:path";

import { formatEther, formatUnits } from "ethers";
import hre from "hardhat";

import { compilerOf } from "./deployment/compilerOf.js";
import type { Deployment } from "./deployment/Deployment.js";
import { deploymentPath, readDeployment, writeDeployment } from "./deployment/deploymentFile.js";
import { deploySuite } from "./deployment/deploySuite.js";
import type { Step } from "./deployment/estimateCost.js";
import { estimateCost } from "./deployment/estimateCost.js";
import { isLocal } from "./deployment/isLocal.js";
import type { Plan } from "./deployment/Plan.js";
import { planDeployment } from "./deployment/planDeployment.js";
import { previousDirectory } from "./deployment/previousDirectory.js";
import { sourceCommit } from "./deployment/sourceCommit.js";
import { connect } from "./support/connect.js";
import { runMain } from "./support/runMain.js";
import { ScriptError } from "./support/ScriptError.js";

const USAGE = `npm run deploy -- --network <name> [options]

Deploys the suite, or what of it is missing, and writes deployments/<chainId>.json.

  --network <name>        a network of hardhat.config.ts
  --rpc-url <url>         another URL for it
  --dry-run               print what would be deployed and what it costs; send nothing, write nothing
  --yes                   do not ask before sending to a chain that is not local
  --confirmations <n>     blocks that make a transaction final; 5 when not given, 1 on a development node
  --previous <address>    the directory of the release before; taken from the record when not given
  --build-profile <name>  default (osaka) or cancun
  --allow-changes         deploy although the sources differ from the last commit; the record says so
  --records <folder>      where records are; deployments/ when not given
  --journals <folder>     where Ignition's journals are; ignition/deployments/ when not given`;

async function main(): Promise<number> {
  const { values: options } = parseArgs({
    options: {
      network: { type: "string" },
      "rpc-url": { type: "string" },
      "dry-run": { type: "boolean", default: false },
      yes: { type: "boolean", default: false },
      confirmations: { type: "string", default: "5" },
      previous: { type: "string" },
      "build-profile": { type: "string", default: "default" },
      "allow-changes": { type: "boolean", default: false },
      records: { type: "string" },
      journals: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (options.help) {
    console.log(USAGE);
    return 0;
  }

  const { root } = hre.config.paths;
  const profile = options["build-profile"];
  const compiler = compilerOf(hre, profile);
  const connection = await connect(hre, options.network, options["rpc-url"]);
  const { provider } = connection.ethers;
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true, defaultBuildProfile: profile });

  const { chainId } = await provider.getNetwork();
  const path = deploymentPath(options.records ?? join(root, "deployments"), Number(chainId));
  const record = readDeployment(path);
  const previous = options.previous ?? (await previousDirectory(provider, hre.artifacts, record));
  const plan = await planDeployment(hre.artifacts, previous);

  const simulation = profile === "cancun" ? "cancun" : "hardhat";
  const steps = await estimateCost({ hre, provider, plan, simulation });
  const price = (await provider.getFeeData()).gasPrice ?? 0n;
  console.log(`Chain ${chainId} (${connection.networkName}), gas price ${formatUnits(price, "gwei")} gwei\n`);
  printSteps(steps, price);
  const cost = steps.reduce((sum, { gas, value }) => sum + gas * price + value, 0n);
  await checkBalance(connection, cost, options["dry-run"]);

  if (options["dry-run"]) {
    console.log("\nDry run: nothing was sent.");
    return 0;
  }

  const local = await isLocal(provider);
  const commit = local ? null : sourceCommit(root, options["allow-changes"]);
  if (!local && cost > 0n && !options.yes) await confirm(chainId);

  const simulated = connection.networkConfig.type === "edr-simulated";
  const deployed = await deploySuite({
    hre,
    connection,
    plan,
    release: releaseOf(root),
    commit,
    compiler,
    record,
    journals: simulated ? undefined : (options.journals ?? join(hre.config.paths.ignition, "deployments")),
    confirmations: confirmationsOf(options.confirmations),
    showProgress: process.stdout.isTTY,
    log: console.log,
  });
  writeDeployment(path, deployed);
  printRecord(deployed, plan, path);
  return 0;
}

function printSteps(steps: readonly Step[], price: bigint): void {
  const rows = steps.map(({ name, address, gas, value }) =>
    gas === 0n && value === 0n
      ? [name, address, "stands", ""]
      : [name, address, gas.toLocaleString("en-US"), formatEther(gas * price + value)],
  );
  const gas = steps.reduce((sum, step) => sum + step.gas, 0n);
  const cost = steps.reduce((sum, step) => sum + step.gas * price + step.value, 0n);
  const table = [
    ["contract", "address", "gas", "ether"],
    ...rows,
    ["total", "", gas.toLocaleString("en-US"), formatEther(cost)],
  ];
  for (const [name = "", address = "", used = "", ether = ""] of table) {
    console.log(`  ${name.padEnd(18)} ${address.padEnd(42)} ${used.padStart(12)}  ${ether}`);
  }
}

async function checkBalance(
  connection: Awaited<ReturnType<typeof connect>>,
  cost: bigint,
  dryRun: boolean,
): Promise<void> {
  const [deployer] = await connection.ethers.getSigners();
  if (deployer === undefined) return;
  const balance = await connection.ethers.provider.getBalance(deployer.address);
  console.log(`\nDeployer ${deployer.address} has ${formatEther(balance)} ether.`);
  if (balance >= cost) return;
  const short = `${formatEther(cost - balance)} ether are missing`;
  if (dryRun) console.log(`${short}.`);
  else {
    throw new ScriptError("BalanceTooLow", `${short} on ${deployer.address}. Send them there first.`, {
      balance,
      cost,
    });
  }
}

async function confirm(chainId: bigint): Promise<void> {
  if (!process.stdin.isTTY) {
    throw new ScriptError("NotConfirmed", `Pass --yes to send transactions to chain ${chainId} without being asked.`, {
      chainId,
    });
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`\nSend these transactions to chain ${chainId}? (yes/no) `);
  terminal.close();
  if (answer.trim() !== "yes") throw new ScriptError("NotConfirmed", "Nothing was sent.", { chainId });
}

function confirmationsOf(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new ScriptError("OptionInvalid", `--confirmations takes a number from 1 to 999, not ${text}.`, { text });
}

/** The SDK is what is released: its version names the release. */
function releaseOf(root: string): string {
  return (JSON.parse(readFileSync(join(root, "sdk/package.json"), "utf8")) as { version: string }).version;
}

function printRecord(deployed: Deployment, plan: Plan, path: string): void {
  console.log("");
  for (const { name } of plan.contracts) {
    const contract = deployed.contracts[name];
    const origin = contract?.transaction ? `  ${contract.transaction}, block ${contract.block ?? "?"}` : "";
    console.log(`  ${name.padEnd(18)} ${contract?.address ?? ""}${origin}`);
  }
  console.log(`\nWrote ${path}. Front ends need one address: the directory ${deployed.directory}.`);
}

await runMain(main);
