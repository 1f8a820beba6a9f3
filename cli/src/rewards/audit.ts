import { Command } from "commander";

import { auditBitmapRoster, auditRoster, type RosterAudit } from "../../../sdk/src/index.js";
import { openFileSource } from "../../../sdk/src/node/index.js";
import type { CommandContext } from "../CommandContext.js";
import { EXIT_CODES } from "../ExitCode.js";
import { progressOn } from "../progressOn.js";
import { readPublished } from "./readPublished.js";

const ZERO_ROOT = `0x${"00".repeat(32)}`;

/** `guildhall rewards audit`. */
export function auditCommand({ terminal, end }: CommandContext): Command {
  return new Command("audit")
    .description("Recompute all of a roster's file, and compare it with what was published.")
    .argument("<file>", "the roster's file, from whomever")
    .requiredOption("--published <file>", "JSON with poolId, cycle, root, count, eligible, contentHash, from the chain")
    .option("--json", "print JSON, and no progress")
    .action(async (file: string, { published: path, json = false }: { published: string; json?: boolean }) => {
      const published = await readPublished(path);
      const onProgress = progressOn(terminal, json);
      const source = await openFileSource(file);
      try {
        const isBitmap = published.root === ZERO_ROOT;
        const audit = await (isBitmap ? auditBitmapRoster : auditRoster)({
          source,
          published,
          ...(onProgress === undefined ? {} : { onProgress }),
        });
        terminal.out(json ? `${JSON.stringify(audit)}\n` : describe(audit));
        if (!audit.sound) end(EXIT_CODES.failed);
      } finally {
        await source.close();
      }
    });
}

function describe({ sound, found, mismatches, total }: RosterAudit): string {
  if (sound) return `The file is what was published: ${found?.count} users, ${found?.eligible} of them eligible.\n`;
  const lines = mismatches.map(
    ({ kind, where, expected, actual }) => `${kind} ${where}: expected ${expected}, found ${actual}\n`,
  );
  return `${lines.join("")}The file is not what was published: ${total} mismatches, ${mismatches.length} of them listed.\n`;
}
