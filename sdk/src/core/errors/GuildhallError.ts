/** Arguments of an error, by name. */
export type ErrorArgs = Readonly<Record<string, unknown>>;

/** What an error is made of. */
export type GuildhallErrorOptions<Code extends string, Args extends ErrorArgs> = {
  /** What programs branch on. */
  readonly code: Code;
  /** The numbers of the case. */
  readonly args: Args;
  /** What happened, one sentence with the numbers. */
  readonly what: string;
  /** What to do, one sentence. */
  readonly advice: string;
  readonly cause?: unknown;
};

/**
 * The base of every error that the SDK raises: a code to branch on, arguments, what happened, and what to do.
 *
 * @example
 * import { GuildhallError } from "@guildhall/sdk";
 * const error = new GuildhallError({
 *   code: "SHELF_EMPTY",
 *   args: { left: 0n },
 *   what: "The shelf holds 0 items.",
 *   advice: "Fill it first.",
 * });
 * assert.equal(error.message, "The shelf holds 0 items. Fill it first.");
 */
export class GuildhallError<Code extends string = string, Args extends ErrorArgs = ErrorArgs> extends Error {
  readonly code: Code;
  readonly args: Args;
  readonly what: string;
  readonly advice: string;

  constructor({ code, args, what, advice, cause }: GuildhallErrorOptions<Code, Args>) {
    super(`${what} ${advice}`, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.code = code;
    this.args = args;
    this.what = what;
    this.advice = advice;
  }
}
