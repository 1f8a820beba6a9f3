/** Bytes that can be read anywhere: a file, a blob, an object in a store. */
export type RosterSource = {
  /** How many bytes there are. */
  readonly size: number;
  /** Reads exactly `length` bytes from `offset` on; all of them are there. */
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
};

/** Where a roster's bytes go, one after the other. Nothing is written before the whole roster is known to be sound. */
export type RosterSink = {
  /** Takes bytes; they may change once the promise has resolved. */
  readonly write: (bytes: Uint8Array) => Promise<void>;
};
