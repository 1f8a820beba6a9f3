import type { Command } from "commander";

import { addressOption } from "../addressOption.js";

/** Adds what names a chain and a deployment. */
export function withChainOptions(command: Command): Command {
  return command
    .requiredOption("--rpc <url>", "the node to ask")
    .option(
      "--directory <address>",
      "the deployment's Directory; that of the chain's record unless given",
      addressOption,
    );
}
