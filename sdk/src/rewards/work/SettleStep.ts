import type { Refusal } from "../state/names.js";

/** What became of one user. */
export type SettleReport = { readonly userId: string } & (
  | {
      readonly status: "settled";
      /** The first cycle not settled. */
      readonly nextCycle: number;
      /** Units that came from the pool; below 0 where they went back. */
      readonly units: bigint;
    }
  /** By an earlier run, or by somebody else. */
  | { readonly status: "already"; readonly nextCycle: number }
  | { readonly status: "refused"; readonly refusal: Refusal }
  /** The list does not have him: nothing happens to him. */
  | { readonly status: "unlisted" }
);

/** What one step of settling did. */
export type SettleStep = {
  readonly reports: readonly SettleReport[];
  /** The transaction that did it; undefined where the chain was only asked. */
  readonly transaction: string | undefined;
  readonly gasUsed: bigint;
};
