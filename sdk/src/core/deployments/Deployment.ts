/** The contracts that the SDK needs, by their names in a directory. */
export const contractNames = [
  "Directory",
  "CommitteeRegistry",
  "ReferralDeals",
  "ChunkStore",
  "RewardPool",
  "CertificateLedger",
] as const;

/** A name of {@link contractNames}. */
export type ContractName = (typeof contractNames)[number];

/** The addresses of one deployment, by contract name. */
export type Addresses = Readonly<Record<ContractName, string>>;

/** Where the suite is on one chain. */
export type Deployment = {
  readonly chainId: bigint;
  /** The first block that holds one of its contracts: where reading events begins. */
  readonly block: number;
  readonly addresses: Addresses;
  /** keccak256 of the code at each address, where it is known. */
  readonly codeHashes?: Readonly<Record<ContractName, string>>;
};
