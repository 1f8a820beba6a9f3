import type { Command } from "commander";

import { addressOption } from "../addressOption.js";

/** Adds what names the key that signs. A key itself is never an option. */
export function withKeyOptions(command: Command): Command {
  return command
    .option("--keystore <file>", "the sender's key, encrypted as wallets do (JSON keystore)")
    .option("--password-file <file>", "the keystore's password; asked for on a terminal unless given")
    .option("--from <address>", "an account that the node itself signs for, on local chains", addressOption);
}
