import type { Reach } from "../../checks/campaigns/Campaign.js";

/** What forge says of one test, as far as it is read. */
export type TestResult = {
  readonly status: "Success" | "Failure" | "Skipped";
  readonly reason?: string | null;
  readonly kind: {
    readonly Fuzz?: { readonly runs: number };
    readonly Invariant?: {
      readonly runs: number;
      readonly calls: number;
      readonly metrics: Readonly<Record<string, Reach>>;
    };
  };
};

/** forge's `--json`, by suite as `file:contract`, then by test. */
export type ForgeReport = Readonly<Record<string, { readonly test_results: Readonly<Record<string, TestResult>> }>>;
