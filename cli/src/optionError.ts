import { CliError } from "./CliError.js";

/** The command line is wrong in a way that only shows once it is looked at as a whole. */
export function optionError(what: string, advice: string): CliError {
  return new CliError({ code: "CLI_OPTION", args: {}, what, advice });
}
