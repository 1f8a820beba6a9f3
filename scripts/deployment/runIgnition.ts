import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  errorDeploymentResultToExceptionMessage,
  HardhatArtifactResolver,
  PrettyEventHandler,
} from "@nomicfoundation/hardhat-ignition/helpers";
import { deploy, DeploymentResultType } from "@nomicfoundation/ignition-core";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";

import { guildhallModule } from "../../ignition/modules/Guildhall.js";
import type { Existing } from "../../ignition/placement.js";
import { ScriptError } from "../support/ScriptError.js";
import { SALT } from "./createX.js";
import type { Plan } from "./Plan.js";
import { settle } from "./settle.js";

export type RunIgnitionParameters = {
  readonly hre: HardhatRuntimeEnvironment;
  readonly connection: NetworkConnection<"l1">;
  readonly plan: Plan;
  readonly deployer: string;
  /** The folder of the journals; undefined for a chain that ends with this process. */
  readonly journals: string | undefined;
  /** How many blocks make a transaction final, its own included. */
  readonly confirmations: number;
  /** Wei a unit of gas above the base fee; undefined for what the node suggests. */
  readonly priorityFee: bigint | undefined;
  /** Milliseconds between two looks at the chain. */
  readonly pollingInterval: number;
  /** Shows Ignition's own progress. */
  readonly showProgress: boolean;
  readonly log: (line: string) => void;
};

/**
 * Brings every contract of the plan onto the chain, whatever an earlier run, another machine or an earlier release has
 * already done.
 *
 * The journal lets a killed run go on with what it had sent. Where it no longer fits the chain - a transaction was sent but
 * not yet written down, or the chain was reset - the chain is right, since a contract of the plan can stand only at its
 * address: the journal is dropped and the run starts over with what is missing.
 */
export async function runIgnition(parameters: RunIgnitionParameters): Promise<void> {
  const { connection, plan, deployer, journals, confirmations, log } = parameters;
  const journal = journals === undefined ? undefined : join(journals, await journalName(connection, plan));

  let resumes = journal !== undefined && existsSync(journal);
  while ((await missing(connection, plan)).size > 0) {
    await settle(connection.ethers.provider, deployer, confirmations);
    const reason = await run(parameters, journal);
    if (reason === undefined && (await missing(connection, plan)).size === 0) return;

    const message = firstLines(reason ?? "The journal tells of contracts that are not on the chain.");
    // A journal that was begun by this very run fits: what failed is something else.
    if (!resumes || journal === undefined) {
      throw new ScriptError(
        "DeploymentFailed",
        `The deployment stopped: ${message} Run the same command again: it goes on where it stopped.`,
        {},
        { cause: reason },
      );
    }
    log(`The journal does not fit the chain: ${message} Starting over with what is missing.`);
    rmSync(journal, { recursive: true });
    resumes = false;
  }
}

/** One journal for each plan on each chain; a chain that was reset has another first block. */
async function journalName(connection: NetworkConnection<"l1">, plan: Plan): Promise<string> {
  const { provider } = connection.ethers;
  const { chainId } = await provider.getNetwork();
  const genesis = (await provider.getBlock(0))?.hash ?? "0x00000000";
  return `chain-${chainId}-${genesis.slice(2, 10)}-${plan.directory.slice(2, 10).toLowerCase()}`;
}

/** The names of the contracts that are not on the chain. */
async function missing(connection: NetworkConnection<"l1">, plan: Plan): Promise<ReadonlySet<string>> {
  const { provider } = connection.ethers;
  const codes = await Promise.all(plan.contracts.map(async ({ address }) => provider.getCode(address)));
  return new Set(plan.contracts.filter((_, i) => codes[i] === "0x").map(({ name }) => name));
}

/** Runs Ignition once. Returns why it stopped, or undefined when it says it is done. */
async function run(parameters: RunIgnitionParameters, journal: string | undefined): Promise<unknown> {
  const { hre, connection, plan, deployer, confirmations, priorityFee, pollingInterval, showProgress } = parameters;
  const existing = await existingAtStart(connection, plan, journal);
  try {
    const result = await deploy({
      config: { ...hre.config.ignition, requiredConfirmations: confirmations, blockPollingInterval: pollingInterval },
      provider: connection.provider,
      ...(showProgress ? { executionEventListener: new PrettyEventHandler(hre.interruptions) } : {}),
      artifactResolver: new HardhatArtifactResolver(hre.artifacts),
      ...(journal === undefined ? {} : { deploymentDir: journal }),
      ignitionModule: guildhallModule(existing),
      deploymentParameters: { Directory: { previous: plan.previous } },
      accounts: (await connection.provider.request({ method: "eth_accounts" })) as string[],
      defaultSender: deployer,
      ...(priorityFee === undefined ? {} : { maxPriorityFeePerGas: priorityFee }),
      strategy: "create2",
      strategyConfig: { salt: SALT },
    });
    return result.type === DeploymentResultType.SUCCESSFUL_DEPLOYMENT
      ? undefined
      : errorDeploymentResultToExceptionMessage(result);
  } catch (cause) {
    return cause;
  }
}

/**
 * The contracts that stood when the journal was begun. They stay "found" to its end: Ignition refuses a journal whose
 * modules changed.
 */
async function existingAtStart(
  connection: NetworkConnection<"l1">,
  plan: Plan,
  journal: string | undefined,
): Promise<Existing> {
  const file = journal === undefined ? undefined : join(journal, "existing.json");
  if (file !== undefined && existsSync(file)) {
    return new Map(JSON.parse(readFileSync(file, "utf8")) as [string, string][]);
  }
  const absent = await missing(connection, plan);
  const existing = new Map(
    plan.contracts.filter(({ name }) => !absent.has(name)).map(({ name, address }) => [name, address]),
  );
  if (journal !== undefined && file !== undefined) {
    mkdirSync(journal, { recursive: true });
    writeFileSync(file, JSON.stringify([...existing]));
  }
  return existing;
}

function firstLines(reason: unknown): string {
  const text = reason instanceof Error ? reason.message : String(reason);
  return text.split("\n").slice(0, 6).join(" ").replaceAll(/\s+/g, " ").trim();
}
