import type { JsonRpcProvider, Signer } from "ethers";

import type { Guildhall } from "../../../sdk/src/index.js";
import type { PlanMomentOptions } from "../chain/planMoment.js";
import type { Progress } from "../report/Progress.js";

/** What every act is played on. */
export type World = {
  readonly url: string;
  readonly provider: JsonRpcProvider;
  /** Pays for everything. */
  readonly funder: Signer;
  /** Reads the chain. */
  readonly hall: Guildhall;
  readonly directory: string;
  readonly token: string;
  /** The block at which the run began. */
  readonly fromBlock: number;
  /** The name of this run, which no other run has. */
  readonly run: string;
  /** The run's own folder. */
  readonly folder: string;
  /** Seconds between the chain's blocks, as they came before anything was waited for. */
  readonly interval: number;
  readonly timing: PlanMomentOptions;
  readonly progress: Progress;
};

/** What an act ends with. */
export type ActResult = {
  /** Its books, for the reader. */
  readonly books: readonly string[];
  /** What in them does not add up. */
  readonly faults: readonly string[];
};
