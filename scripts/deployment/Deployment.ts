import type { Json } from "./Plan.js";

/** One contract of a deployment record. */
export type DeployedContract = {
  readonly address: string;
  /** The transaction that deployed it; null on a local chain, where each start has its own, and where nobody knows. */
  readonly transaction: string | null;
  /** The block of that transaction; null as above. */
  readonly block: number | null;
  readonly constructorArguments: readonly Json[];
  /** Keccak-256 of the code that ran to create it: the creation code with the constructor arguments. */
  readonly initCodeHash: string;
  /** Keccak-256 of the code that stands at the address. */
  readonly codeHash: string;
};

/** What `deployments/<chainId>.json` holds. */
export type Deployment = {
  readonly format: "guildhall-deployment";
  readonly version: 1;
  readonly chainId: number;
  /** The version of the package that was deployed. */
  readonly release: string;
  /** The commit of the source; null on a local chain, whose record is part of the commit. */
  readonly commit: string | null;
  readonly compiler: {
    readonly solc: string;
    readonly evmVersion: string;
    readonly viaIR: boolean;
    readonly optimizerRuns: number;
    /** Optimizer runs of the sources that are built with others, by their paths. */
    readonly overrides: Readonly<Record<string, number>>;
  };
  readonly factory: string;
  readonly salt: string;
  readonly directory: string;
  /** The directory of the release before; zero for the first. */
  readonly previous: string;
  /** In the order of deployment. */
  readonly contracts: Readonly<Record<string, DeployedContract>>;
};

/** The chain id of Hardhat's and Foundry's local chains, which start afresh each time. */
export const LOCAL_CHAIN_ID = 31_337;
