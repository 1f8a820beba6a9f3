/** What a roster says in figures; of ROOT and BITMAP alike. */
export type EvidenceFigures = {
  /** 32 zero bytes with BITMAP. */
  readonly root: string;
  readonly count: number;
  readonly eligible: number;
  readonly contentHash: string;
};

/** A roster as bits, cut into chunks: bit `i % 8` of byte `i / 8` for the user of index i. */
export type Bitmap = {
  readonly figures: EvidenceFigures;
  /** What goes to the chunk store, in order. */
  readonly chunks: readonly Uint8Array[];
  readonly chunkHashes: readonly string[];
};
