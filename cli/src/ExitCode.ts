/** What a command's end means to a script. The numbers never change. */
export const EXIT_CODES = {
  /** Done. */
  ok: 0,
  /** A check was made, and failed. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** A file or what it says cannot be used. */
  input: 3,
  /** The chain or its node refused. */
  chain: 4,
  /** A fault of this program. */
  fault: 70,
} as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];
