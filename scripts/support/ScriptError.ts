/** A refusal of a script: what happened, with the values, and what to do about it. */
export class ScriptError extends Error {
  override readonly name = "ScriptError";
  readonly code: string;
  readonly args: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, args: Readonly<Record<string, unknown>> = {}, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.args = args;
  }
}
