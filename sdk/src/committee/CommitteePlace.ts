/** The registry that a committee lives in. */
export type CommitteePlace = {
  readonly chainId: bigint;
  /** The address of CommitteeRegistry. */
  readonly registry: string;
};
