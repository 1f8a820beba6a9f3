/** Users, sorted by id, each once. No object is kept of any. */
export type UserList = {
  readonly count: number;
  readonly eligible: number;
  /** 32 bytes for each. */
  readonly ids: Uint8Array;
  /** 1 for yes and 0 for no. */
  readonly answers: Uint8Array;
};
