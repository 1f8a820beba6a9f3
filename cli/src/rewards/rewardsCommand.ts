import { Command } from "commander";

import type { CommandContext } from "../CommandContext.js";
import { auditCommand } from "./audit.js";
import { buildCommand } from "./build.js";

/** `guildhall rewards`. */
export function rewardsCommand(context: CommandContext): Command {
  return new Command("rewards")
    .description("Rosters of reward pools.")
    .addCommand(buildCommand(context))
    .addCommand(auditCommand(context));
}
