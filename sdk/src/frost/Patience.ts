/**
 * How long to wait in one round: asked at the beginning of each round for a signal that fires when waiting ends.
 *
 * @example
 * import type { Patience } from "@guildhall/sdk";
 * const patience: Patience = () => AbortSignal.timeout(30_000);
 * assert.equal(patience().aborted, false);
 */
export type Patience = () => AbortSignal;
