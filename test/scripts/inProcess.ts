import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

import { compilerOf } from "../../scripts/deployment/compilerOf.js";
import type { Deployment } from "../../scripts/deployment/Deployment.js";
import { deploySuite } from "../../scripts/deployment/deploySuite.js";
import type { Plan } from "../../scripts/deployment/Plan.js";
import { planDeployment } from "../../scripts/deployment/planDeployment.js";

export const ZERO_ADDRESS = "0x0000000000000000000000000000000000000000";

export type Chain = NetworkConnection<"l1">;

/** A simulated chain of its own; with an id other than the local one, transactions and blocks are recorded. */
export async function createChain(
  override: { readonly chainId?: number; readonly hardfork?: string } = {},
): Promise<Chain> {
  return hre.network.create<"l1">({ network: "hardhat", override });
}

export async function plan(previous: string = ZERO_ADDRESS): Promise<Plan> {
  return planDeployment(hre.artifacts, previous);
}

/** Deploys the suite as the script does. */
export async function deployOn(connection: Chain, planned: Plan, record?: Deployment): Promise<Deployment> {
  return deploySuite({
    hre,
    connection,
    plan: planned,
    release: "0.1.0",
    commit: "0123456789012345678901234567890123456789",
    compiler: compilerOf(hre, "default"),
    record,
    journals: undefined,
    confirmations: 1,
    showProgress: false,
    log: () => undefined,
  });
}
