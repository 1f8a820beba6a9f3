import { Command } from "commander";

import { auditBitmapRoster, auditRoster, type RosterAudit } from "../../../sdk/src/index.js";
import { openFileSource, readBoundUsers } from "../../../sdk/src/node/index.js";
import { CliError } from "../CliError.js";
import type { CommandContext } from "../CommandContext.js";
import { EXIT_CODES } from "../ExitCode.js";
import { progressOn } from "../progressOn.js";
import { readPublished } from "./readPublished.js";

const ZERO_ROOT = `0x${"00".repeat(32)}`;

type Options = { readonly published: string; readonly bound?: string; readonly json?: boolean };

/** `guildhall rewards audit`. */
export function auditCommand({ terminal, end }: CommandContext): Command {
  return new Command("audit")
    .description("Recompute all of a roster's file, and compare it with what was published.")
    .argument("<file>", "the roster's file, from whomever")
    .requiredOption("--published <file>", "JSON with poolId, cycle, root, count, eligible, contentHash, from the chain")
    .option(
      "--bound <file>",
      "CSV or NDJSON with userId and index: each of these users must be in it (not for bitmaps)",
    )
    .option("--json", "print JSON, and no progress")
    .action(async (file: string, { published: path, bound, json = false }: Options) => {
      const published = await readPublished(path);
      const isBitmap = published.root === ZERO_ROOT;
      if (isBitmap && bound !== undefined) {
        throw new CliError({
          code: "CLI_OPTION",
          args: {},
          what: "A bitmap names no users, so --bound cannot be held against it.",
          advice: "Leave it out: a bitmap covers the indexes below its count.",
        });
      }
      const onProgress = progressOn(terminal, json);
      const source = await openFileSource(file);
      try {
        const audit = isBitmap
          ? await auditBitmapRoster({ source, published })
          : await auditRoster({
              source,
              published,
              ...(bound === undefined ? {} : { bound: readBoundUsers(bound) }),
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
