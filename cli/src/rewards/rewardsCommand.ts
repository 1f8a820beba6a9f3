import { Command } from "commander";

import type { CommandContext } from "../CommandContext.js";
import { auditCommand } from "./audit.js";
import { buildCommand } from "./build.js";
import { claimCommand } from "./claim.js";
import { publishCommand } from "./publish.js";
import { settleCommand } from "./settle.js";
import { showCommand } from "./show.js";

/** `guildhall rewards`. */
export function rewardsCommand(context: CommandContext): Command {
  return new Command("rewards")
    .description("Reward pools and their rosters.")
    .addCommand(buildCommand(context))
    .addCommand(auditCommand(context))
    .addCommand(publishCommand(context))
    .addCommand(settleCommand(context))
    .addCommand(claimCommand(context))
    .addCommand(showCommand(context));
}
