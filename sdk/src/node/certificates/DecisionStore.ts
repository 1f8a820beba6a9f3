import type { SignedResult } from "../../certificates/CertificationResult.js";

/** What a centre decided about an application, once and for all. */
export type Decision = {
  readonly applicationId: string;
  readonly tbsHash: string;
  readonly contentHash: string;
  readonly approved: boolean;
  readonly reason: number;
};

/** Where a centre keeps its decisions. What a call did is durable when it returns. */
export type DecisionStore = {
  readonly find: (applicationId: string) => Decision | undefined;
  /** Keeps the decision unless there is one already, and gives back the one that is kept. */
  readonly decide: (decision: Decision) => Decision;
  readonly findResult: (applicationId: string, epoch: number) => SignedResult | undefined;
  /** The same for what was signed. */
  readonly keepResult: (signed: SignedResult) => SignedResult;
  readonly close: () => void;
};
