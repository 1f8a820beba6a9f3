import { Command } from "commander";

import type { Pool, Refusal, RewardsClient, SettleUsersParameters } from "../../../sdk/src/index.js";
import { readUserIds } from "../../../sdk/src/node/index.js";
import { bytes32Option } from "../bytes32Option.js";
import type { ChainOptions, KeyOptions } from "../chain/ChainOptions.js";
import { withChainOptions } from "../chain/withChainOptions.js";
import { withSigner } from "../chain/withHall.js";
import { withKeyOptions } from "../chain/withKeyOptions.js";
import type { CommandContext } from "../CommandContext.js";
import { EXIT_CODES } from "../ExitCode.js";
import { optionError } from "../optionError.js";
import { positiveOption } from "../positiveOption.js";
import { uint32Option } from "../uint32Option.js";
import { writeFields } from "../writeFields.js";
import { writeJson } from "../writeJson.js";
import { accountsOf } from "./accountsOf.js";
import { boundUsersOf } from "./boundUsersOf.js";
import { openProofs, type Proofs } from "./openProofs.js";

type Options = ChainOptions &
  KeyOptions & {
    readonly pool: string;
    readonly cycle?: number;
    readonly roster?: string;
    readonly verdict?: string;
    readonly users?: string;
    readonly batchSize?: number;
    readonly json?: boolean;
  };

/** By what a pool is settled; and what must be closed afterwards. */
type Evidence = {
  readonly by: Pick<SettleUsersParameters, "untilCycle" | "cycle" | "proofs" | "verdictProofs">;
  readonly open: readonly Proofs[];
};

/** `guildhall rewards settle`. */
export function settleCommand({ terminal, end }: CommandContext): Command {
  const command = new Command("settle")
    .description("Settle users in batches. A run that was stopped is begun again by the same command.")
    .requiredOption("--pool <id>", "the pool's id", bytes32Option)
    .option(
      "--cycle <number>",
      "with proofs the roster's cycle; else the last one to take, all final ones unless given",
      uint32Option,
    )
    .option("--roster <file>", "form ROOT: the list that was published, to take proofs from")
    .option("--verdict <file>", "form ROOT in mode BOTH: the verifier's list")
    .option("--users <file>", "CSV or NDJSON with userId; all bound users unless given")
    .option("--batch-size <number>", "users of a transaction; as many as its gas allows unless given", positiveOption);
  return withKeyOptions(withChainOptions(command))
    .option("--json", "print JSON, and no progress")
    .action((options: Options) =>
      withSigner(options, terminal, async ({ rewards }) => {
        const { pool: poolId, users: path, batchSize, json = false } = options;
        const evidence = await evidenceOf(rewards, await rewards.pool(poolId), options);
        const counts = { settled: 0, already: 0, unlisted: 0, transactions: 0, gasUsed: 0n, units: 0n };
        const refused: { readonly userId: string; readonly refusal: Refusal }[] = [];
        try {
          const users =
            path === undefined ? await boundUsersOf(rewards, poolId) : accountsOf(rewards, poolId, readUserIds(path));
          const steps = rewards.settleUsers({
            poolId,
            users,
            ...evidence.by,
            ...(batchSize === undefined ? {} : { batchSize }),
          });
          for await (const { reports, transaction, gasUsed } of steps) {
            for (const report of reports) {
              if (report.status === "refused") refused.push({ userId: report.userId, refusal: report.refusal });
              else counts[report.status] += 1;
              if (report.status === "settled") counts.units += report.units;
            }
            if (transaction === undefined) continue;
            counts.transactions += 1;
            counts.gasUsed += gasUsed;
            if (!json && terminal.isWatched) terminal.err(`settling: ${counts.settled} settled, by ${transaction}\n`);
          }
        } finally {
          await Promise.all(evidence.open.map(({ file }) => file.close()));
        }
        if (json) writeJson(terminal, { poolId, ...counts, refused });
        else {
          terminal.out(refused.map(({ userId, refusal }) => `refused ${userId}: ${refusal}\n`).join(""));
          writeFields(terminal, { ...counts, refused: refused.length });
        }
        if (refused.length > 0) end(EXIT_CODES.failed);
      }),
    );
}

async function evidenceOf(rewards: RewardsClient, pool: Pool, options: Options): Promise<Evidence> {
  const { poolId, mode, form } = pool;
  const { cycle, roster, verdict } = options;
  if (form === "BITMAP" || mode === "INDICATOR") {
    if (roster === undefined && verdict === undefined) {
      return { by: cycle === undefined ? {} : { untilCycle: cycle + 1 }, open: [] };
    }
    throw optionError(
      "This pool's evidence is on the chain, so it takes no file.",
      "Leave --roster and --verdict out.",
    );
  }
  if (roster === undefined) throw optionError("This pool settles by proofs.", "Name the published list with --roster.");
  if ((mode === "BOTH") !== (verdict !== undefined)) {
    throw mode === "BOTH"
      ? optionError("This pool settles by proofs of two lists.", "Name the verifier's one with --verdict.")
      : optionError(
          `--verdict is of mode BOTH, and the pool has the mode ${mode}.`,
          "Name the one list with --roster.",
        );
  }
  const source = mode === "VERIFIER" ? "VERIFIER" : "OPERATOR";
  const first = await openProofs(roster, rewards, { poolId, cycle, source });
  const by = { cycle: first.roster.header.cycle, proofs: first.roster };
  if (verdict === undefined) return { by, open: [first] };
  try {
    const second = await openProofs(verdict, rewards, { poolId, cycle: by.cycle, source: "VERIFIER" });
    return { by: { ...by, verdictProofs: second.roster }, open: [first, second] };
  } catch (error) {
    await first.file.close();
    throw error;
  }
}
