/** How far long work has come. */
export type RosterProgress = {
  readonly stage: "reading" | "sorting" | "hashing leaves" | "hashing nodes" | "writing" | "comparing";
  /** Users, or nodes, done in this stage. */
  readonly done: number;
  /** How many there are; none while that is not known. */
  readonly total?: number;
};

/** Is told now and then how far the work has come. */
export type OnRosterProgress = (progress: RosterProgress) => void;
