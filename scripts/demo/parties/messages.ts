import type { CycleTerms } from "../../../sdk/src/index.js";

/** What a party is, to the others. */
export type Person = {
  readonly address: string;
  /** The public half of its channel key, where it takes part in a committee. */
  readonly channelKey: string;
};

/** The parts that a process can play. */
export const roles = [
  "merchant",
  "customer",
  "buyer",
  "member",
  "operator",
  "registrar",
  "relayer",
  "courier",
  "centre",
  "device",
  "gateway",
] as const;

export type PartyRole = (typeof roles)[number];

/** What every party needs to know. Nothing in it is secret. */
export type Setup = {
  readonly rpcUrl: string;
  readonly directory: string;
  /** The block at which the run began: its events are from there on. */
  readonly fromBlock: number;
  readonly token: string;
  /** The name of this run, which no other run has: 32 bytes in hexadecimal. */
  readonly run: string;
  /** The folder of the mailbox, and of the files that all may read. */
  readonly mailbox: string;
  /** All parties by name. */
  readonly people: Readonly<Record<string, Person>>;
  /** The rebate moment of all deals, which is also the end of the old committee's grace: Unix seconds. */
  readonly moment: number;
  /** How long a party waits for another, in milliseconds. */
  readonly patience: number;
  /** The file that the merchant's shop exported, where one plays. */
  readonly orders?: string;
  /** When the cycles of the reward pools are, where there are any. */
  readonly cycles?: CycleTerms;
};

/** What the stage director says to a party. */
export type ToParty = { readonly type: "play"; readonly setup: Setup };

/** Something that a party did. */
export type StepReport = {
  readonly type: "step";
  readonly story: string;
  readonly step: string;
  /** What there is to say of it besides. */
  readonly detail?: string;
  /** Its transactions, where it needed any. */
  readonly hashes?: readonly string[];
  /** The name of the refusal, where the step is to be refused. */
  readonly refusal?: string;
};

/** What a party says to the stage director. */
export type FromParty =
  | { readonly type: "hello"; readonly person: Person }
  | StepReport
  /** It waits, and for what. */
  | { readonly type: "waiting"; readonly for: string }
  /** It has done all that it does before the next moment. */
  | { readonly type: "ready-for-moment" }
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly reason: string };
