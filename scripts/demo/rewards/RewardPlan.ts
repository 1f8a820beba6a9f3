/** A reward pool of the demo: who is in it, what it asks, and what it brings. */
export type RewardPlan = {
  readonly story: string;
  readonly title: string;
  /** How its rosters are published. */
  readonly form: "BITMAP" | "ROOT";
  /** Couriers in it: the first so many. */
  readonly couriers: number;
  /** Deliveries in time that a cycle asks for. */
  readonly target: number;
  readonly totalUnits: bigint;
  /** Units for a cycle in which the target was met. */
  readonly grant: bigint;
  /** Of the profit, for each unit, as a fraction of 1e18. */
  readonly share: bigint;
  /** The service's profit in each cycle, in base units of the demo's token; 0 for a loss. */
  readonly profits: readonly bigint[];
  /** The cycle in which the operator first counts deliveries that were late as well, if there is one. */
  readonly miscounted?: number;
  /** Couriers whose profit is claimed at the end: the first so many that are owed any. */
  readonly claims: number;
  /** The courier that moves to another account after the second cycle, with a process of its own. */
  readonly moving?: string;
};
