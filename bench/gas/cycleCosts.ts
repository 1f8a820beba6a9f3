import type { Operation } from "./Operation.js";

/** What one cycle of a reward pool costs in all: publishing, and settling every user in batches. */
export type CycleCost = {
  readonly form: "ROOT" | "BITMAP";
  readonly users: number;
  readonly publish: number;
  readonly settle: number;
};

/** From the smallest pool that wants batches to the largest that the suite is made for. */
export const POOL_SIZES = [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000] as const;

/** Users of a full chunk, and of the small bitmap that is measured beside it. */
const CHUNK = 196_600;
const SMALL = 1_000;

/** Adds up a cycle's cost from what its operations were measured at. First grants to all: the dearest cycle there is. */
export function cycleCosts(operations: readonly Operation[]): readonly CycleCost[] {
  const gasOf = (id: string): number => operations.find((each) => each.id === id)?.gas ?? 0;
  // A bitmap costs so much a user, and something for itself, at the full chunk and at the small one alike.
  const small = gasOf("rewards.publish-bitmap-of-1000");
  const slope = (gasOf("rewards.publish-bitmap") * CHUNK - small) / (CHUNK - SMALL);
  return POOL_SIZES.flatMap((users) => [
    {
      form: "ROOT" as const,
      users,
      publish: gasOf("rewards.publish-root"),
      settle: users * gasOf("rewards.settle-batch-root"),
    },
    {
      form: "BITMAP" as const,
      users,
      publish: Math.round(small + (users - SMALL) * slope),
      settle: users * gasOf("rewards.settle-batch-bitmap"),
    },
  ]);
}
