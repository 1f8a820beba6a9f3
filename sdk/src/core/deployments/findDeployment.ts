import type { Deployment } from "./Deployment.js";

/** The deployment of a chain among those given, or undefined. */
export function findDeployment(chainId: bigint, deployments: readonly Deployment[]): Deployment | undefined {
  return deployments.find((deployment) => deployment.chainId === chainId);
}
