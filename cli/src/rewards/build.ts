import { Command, Option } from "commander";

import {
  type BoundUser,
  buildBitmapRoster,
  buildRootRoster,
  encodeBitmapRoster,
  type RosterFigures,
  type RosterRows,
} from "../../../sdk/src/index.js";
import { type LineFormat, readBoundUsers, readRosterRows, writeFileWhole } from "../../../sdk/src/node/index.js";
import { bytes32Option } from "../bytes32Option.js";
import type { CommandContext } from "../CommandContext.js";
import { optionError } from "../optionError.js";
import { progressOn } from "../progressOn.js";
import { uint32Option } from "../uint32Option.js";

type Options = {
  readonly pool: string;
  readonly cycle: number;
  readonly out: string;
  readonly form: "root" | "bitmap";
  readonly format?: LineFormat;
  readonly bound?: string;
  readonly count?: number;
  readonly noneEligible?: boolean;
  readonly json?: boolean;
};

/** `guildhall rewards build`. */
export function buildCommand({ terminal }: CommandContext): Command {
  return new Command("build")
    .description("Build a roster's file from a list of users, and print the figures that are published.")
    .argument("<lines>", "CSV or NDJSON with userId and eligible, a line for each bound user")
    .requiredOption("--pool <id>", "the pool's id", bytes32Option)
    .requiredOption("--cycle <number>", "the cycle", uint32Option)
    .requiredOption("--out <file>", "the roster's file; one that is there is replaced")
    .addOption(new Option("--form <form>", "as the pool has it").choices(["root", "bitmap"]).default("root"))
    .addOption(
      new Option("--format <format>", "of the lines; by the file's end unless given").choices(["csv", "ndjson"]),
    )
    .option("--bound <file>", "bitmap: CSV or NDJSON with userId and index, out of the events Bound")
    .option("--count <number>", "bitmap: users that it covers; all that --bound names unless given", uint32Option)
    .option("--none-eligible", "confirms a roster that says yes to nobody")
    .option("--json", "print JSON, and no progress")
    .action(async (lines: string, options: Options) => {
      const { pool: poolId, cycle, noneEligible = false, json = false } = options;
      const onProgress = progressOn(terminal, json);
      const work = { poolId, cycle, noneEligible, ...(onProgress === undefined ? {} : { onProgress }) };
      const rows = readRosterRows(lines, options.format);
      const figures = await (options.form === "root" ? buildRoot(rows) : buildBitmap(rows));
      terminal.out(json ? `${JSON.stringify({ ...figures, file: options.out })}\n` : describe(figures, options.out));

      function buildRoot(users: RosterRows): Promise<RosterFigures> {
        if (options.bound !== undefined || options.count !== undefined) {
          throw optionError("--bound and --count are of --form bitmap.", "Leave them out, or add --form bitmap.");
        }
        return writeFileWhole(options.out, (sink) => buildRootRoster({ ...work, rows: users, sink }));
      }

      async function buildBitmap(users: RosterRows): Promise<RosterFigures> {
        const { bound } = options;
        if (bound === undefined) {
          throw optionError("A bitmap needs the users' indexes.", "Name a file of them with --bound.");
        }
        const count = options.count ?? (await countOf(readBoundUsers(bound)));
        const roster = await buildBitmapRoster({ ...work, rows: users, bound: readBoundUsers(bound), count });
        await writeFileWhole(options.out, (sink) => sink.write(encodeBitmapRoster(roster)));
        return roster.figures;
      }
    });
}

/** One more than the highest index. */
async function countOf(bound: AsyncIterable<BoundUser>): Promise<number> {
  let count = 0;
  for await (const { index } of bound) count = Math.max(count, index + 1);
  return count;
}

function describe(figures: RosterFigures, file: string): string {
  const lines = Object.entries({ ...figures, file }).map(([name, value]) => `${name.padEnd(12)} ${value}\n`);
  return lines.join("");
}
