import { GuildhallError } from "../../sdk/src/index.js";

/** Why the command line refuses. */
export type CliErrorCode = "CLI_FILE" | "CLI_OPTION" | "CLI_JSON" | "CLI_KEY" | "CLI_ROSTER" | "CLI_STATE";

/** The command line refuses: `code` says why, the message says what to do. */
export class CliError extends GuildhallError<CliErrorCode> {}
