/** The addresses of one deployment, by contract name. */
export type Addresses = {
  readonly Directory: string;
  readonly CommitteeRegistry: string;
  readonly ReferralDeals: string;
};

/** Where the suite is on one chain. */
export type Deployment = {
  readonly chainId: bigint;
  /** The first block that holds one of its contracts: where reading events begins. */
  readonly block: number;
  readonly addresses: Addresses;
};
