import { Command } from "commander";

import { cycleTimes, type PublishProgress, rosterOf } from "../../../sdk/src/index.js";
import { bytes32Option } from "../bytes32Option.js";
import type { ChainOptions, KeyOptions } from "../chain/ChainOptions.js";
import { withChainOptions } from "../chain/withChainOptions.js";
import { withSigner } from "../chain/withHall.js";
import { withKeyOptions } from "../chain/withKeyOptions.js";
import { CliError } from "../CliError.js";
import type { CommandContext } from "../CommandContext.js";
import { progressOn } from "../progressOn.js";
import { uint32Option } from "../uint32Option.js";
import { writeFields } from "../writeFields.js";
import { writeJson } from "../writeJson.js";
import { publishedOf } from "./publishedOf.js";
import { readRosterToPublish } from "./readRosterToPublish.js";
import { requireOpenToPublish } from "./requireOpenToPublish.js";

type Options = ChainOptions &
  KeyOptions & {
    readonly pool: string;
    readonly cycle: number;
    readonly roster: string;
    readonly uri: string;
    readonly noneEligible?: boolean;
    readonly json?: boolean;
  };

/** `guildhall rewards publish`. */
export function publishCommand({ terminal }: CommandContext): Command {
  const command = new Command("publish")
    .description("Publish a roster as the pool's operator. A run that was stopped is begun again by the same command.")
    .requiredOption("--pool <id>", "the pool's id", bytes32Option)
    .requiredOption("--cycle <number>", "the cycle", uint32Option)
    .requiredOption("--roster <file>", "the roster's file, as `build` wrote it")
    .requiredOption("--uri <uri>", "where the evidence can be had");
  return withKeyOptions(withChainOptions(command))
    .option("--none-eligible", "confirms a roster that says yes to nobody")
    .option("--json", "print JSON, and no progress")
    .action((options: Options) =>
      withSigner(options, terminal, async ({ rewards }, sender) => {
        const { pool: poolId, cycle, roster: file, uri, noneEligible = false, json = false } = options;
        const pool = await rewards.pool(poolId);
        const { figures, bitmap } = await readRosterToPublish(file, pool, cycle, progressOn(terminal, json));
        if (figures.eligible === 0 && !noneEligible) throw nobody(file, figures.count);

        const standing = await publishedOf(rewards, poolId, cycle, "OPERATOR");
        const sameFigures =
          standing?.root === figures.root &&
          standing.count === figures.count &&
          standing.contentHash === figures.contentHash;
        const stands = sameFigures && standing.evidenceUri === uri;
        if (!stands) requireOpenToPublish(pool, sender, await rewards.missingForPublish(poolId, cycle));

        let done = { stored: 0, published: false };
        if (!stands && bitmap !== undefined && !sameFigures) {
          const onProgress = ({ chunks, there }: PublishProgress): void => {
            if (!json && terminal.isWatched) terminal.err(`chunks: ${there} of ${chunks}\n`);
          };
          done = await rewards.publishBitmap({ poolId, cycle, bitmap, evidenceUri: uri, onProgress });
        } else if (!stands) {
          // A root; or bits that stand already, at another URI.
          const chunkHashes = bitmap?.chunkHashes ?? [];
          await (await rewards.publish({ poolId, cycle, roster: rosterOf(figures, uri), chunkHashes })).wait();
          done = { stored: 0, published: true };
        }
        const { form } = pool;
        const { stored, published } = done;
        const { finalFrom } = cycleTimes(pool, cycle);
        const result = { ...figures, form, uri, stored: bitmap && stored, published, finalFrom };
        if (json) writeJson(terminal, result);
        else writeFields(terminal, { ...result, published: published ? "now" : "it stood already" });
      }),
    );
}

function nobody(file: string, count: number): CliError {
  return new CliError({
    code: "CLI_ROSTER",
    args: { file, count },
    what: `None of the ${count} users of ${file} is eligible: each would lose what he holds.`,
    advice: "Add --none-eligible if that is meant.",
  });
}
