import { ScriptError } from "./ScriptError.js";

/**
 * Runs a script and ends the process with its exit code; with 2 when it could not do its work.
 *
 * A refusal of the script is told in its own words. Anything else is a fault, and shown whole.
 */
export async function runMain(main: () => Promise<number>): Promise<never> {
  try {
    process.exit(await main());
  } catch (error) {
    if (error instanceof ScriptError) console.error(`${error.code}: ${error.message}`);
    else if (isHardhatError(error) || isUsageError(error)) console.error(error.message);
    else console.error(error);
    process.exit(2);
  }
}

/** Hardhat's own errors, as of a missing key, are written for its users. */
function isHardhatError(error: unknown): error is Error {
  return error instanceof Error && error.message.startsWith("HHE");
}

/** A wrong option on the command line. */
function isUsageError(error: unknown): error is Error {
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}
