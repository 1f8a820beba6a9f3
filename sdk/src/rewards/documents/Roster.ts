/** What one source says of a cycle, as a whole. */
export type Roster = {
  /** ROOT: the Merkle root over all leaves. BITMAP: 32 zero bytes. */
  readonly root: string;
  /** Users in it, eligible or not. BITMAP: the indexes 0 to count - 1. */
  readonly count: number;
  /** How many of them are eligible. */
  readonly eligible: number;
  /** ROOT: of the roster's file. BITMAP: of count and chunk hashes. */
  readonly contentHash: string;
  /** Where the evidence can be had. */
  readonly evidenceUri: string;
  /** Confirms a roster that says yes to nobody. */
  readonly noneEligible: boolean;
};
