/** The contracts that the SDK needs, by their names in a directory. */
export const contractNames = ["Directory", "CommitteeRegistry", "ReferralDeals"] as const;

/** The addresses of one deployment, by contract name. */
export type Addresses = Readonly<Record<(typeof contractNames)[number], string>>;

/** Where the suite is on one chain. */
export type Deployment = {
  readonly chainId: bigint;
  /** The first block that holds one of its contracts: where reading events begins. */
  readonly block: number;
  readonly addresses: Addresses;
};
