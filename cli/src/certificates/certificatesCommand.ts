import { Command } from "commander";

import type { CommandContext } from "../CommandContext.js";
import { historyCommand } from "./history.js";
import { issueCommand } from "./issue.js";
import { moveCommands } from "./move.js";
import { requestCommand } from "./request.js";
import { verifyCommand } from "./verify.js";
import { watchCommand } from "./watch.js";

/** `guildhall certificates`. */
export function certificatesCommand(context: CommandContext): Command {
  const command = new Command("certificates")
    .description("Certificates whose state is on chain.")
    .addCommand(requestCommand(context))
    .addCommand(issueCommand(context))
    .addCommand(verifyCommand(context))
    .addCommand(historyCommand(context))
    .addCommand(watchCommand(context));
  for (const move of moveCommands(context)) command.addCommand(move);
  return command;
}
