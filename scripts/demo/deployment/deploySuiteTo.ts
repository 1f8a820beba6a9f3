import { readFileSync } from "node:fs";
import { join } from "node:path";

import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

import { compilerOf } from "../../deployment/compilerOf.js";
import { deploymentPath, readDeployment } from "../../deployment/deploymentFile.js";
import { deploySuite } from "../../deployment/deploySuite.js";
import { planDeployment } from "../../deployment/planDeployment.js";
import { previousDirectory } from "../../deployment/previousDirectory.js";

/** Deploys what of the suite is missing on the chain, as `npm run deploy` does, but writes no record. Gives the directory. */
export async function deploySuiteTo(connection: NetworkConnection<"l1">, log: (line: string) => void): Promise<string> {
  const { root } = hre.config.paths;
  const { provider } = connection.ethers;
  const { chainId } = await provider.getNetwork();
  const record = readDeployment(deploymentPath(join(root, "deployments"), Number(chainId)));
  const plan = await planDeployment(hre.artifacts, await previousDirectory(provider, hre.artifacts, record));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string };
  const { directory } = await deploySuite({
    hre,
    connection,
    plan,
    release: version,
    commit: null,
    compiler: compilerOf(hre, "default"),
    record,
    journals: undefined,
    confirmations: 1,
    showProgress: false,
    log,
  });
  return directory;
}
