import type { ExitCode } from "./ExitCode.js";
import type { Terminal } from "./Terminal.js";

/** What a command is given besides its options. */
export type CommandContext = {
  readonly terminal: Terminal;
  /** Says how the command ended; without a word it is ok. */
  readonly end: (code: ExitCode) => void;
};
