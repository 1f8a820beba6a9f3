/** What is known of a committee. */
export type Committee = {
  readonly id: string;
  /** May rotate and retire alone; undefined for a committee that only itself can change. */
  readonly admin: string | undefined;
  /** Whether only signatures that name their signers count. */
  readonly attributable: boolean;
  readonly currentEpoch: number;
};
