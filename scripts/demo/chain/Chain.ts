/** A chain that the demo plays on. */
export type Chain = {
  /** What it is, for the reader. */
  readonly name: string;
  readonly url: string;
  /** Ends it, where this run started it. */
  readonly stop: () => Promise<void>;
};

/** The chains that the demo starts itself. */
export const ownChains = ["hardhat", "anvil"] as const;

export type OwnChain = (typeof ownChains)[number];
