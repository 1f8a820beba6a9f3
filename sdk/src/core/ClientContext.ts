import type { ContractRunner, Provider } from "ethers";

import type { Clock } from "./Clock.js";
import type { Addresses } from "./deployments/Deployment.js";

/** What every client of a system receives. */
export type ClientContext = {
  /** A signer where the client shall write, else a provider. */
  readonly runner: ContractRunner;
  readonly provider: Provider;
  readonly chainId: bigint;
  readonly addresses: Addresses;
  /** The first block of the deployment; 0 where it is not known. */
  readonly fromBlock: number;
  readonly clock: Clock;
};
