import { once } from "node:events";

import { Command } from "commander";

import { bytes32Option } from "../bytes32Option.js";
import type { ChainOptions } from "../chain/ChainOptions.js";
import { withChainOptions } from "../chain/withChainOptions.js";
import { withHall } from "../chain/withHall.js";
import type { CommandContext } from "../CommandContext.js";
import { positiveOption } from "../positiveOption.js";
import { uint32Option } from "../uint32Option.js";
import { writeJson } from "../writeJson.js";

type Options = ChainOptions & {
  readonly certificate?: string;
  readonly fromBlock?: number;
  readonly confirmations?: number;
  readonly count?: number;
};

/** `guildhall certificates watch`. */
export function watchCommand({ terminal }: CommandContext): Command {
  const command = new Command("watch")
    .description("Print each change of a state as a line of JSON, and those that a reorganisation took back.")
    .option("--certificate <id>", "only of this certificate", bytes32Option)
    .option("--from-block <number>", "the first block; the next one unless given", uint32Option)
    .option("--confirmations <number>", "blocks on top of a change before it is told", uint32Option)
    .option("--count <number>", "end after so many changes; until it is interrupted unless given", positiveOption);
  return withChainOptions(command)
    .option("--json", "lines of JSON, as without it")
    .action(({ certificate, fromBlock, confirmations = 0, count, ...options }: Options) =>
      withHall(options, async ({ certificates }) => {
        const enough = new AbortController();
        let told = 0;
        const stop = certificates.watch(
          (event) => {
            if (enough.signal.aborted) return;
            writeJson(terminal, event);
            told += 1;
            if (told === count) enough.abort();
          },
          {
            confirmations,
            ...(certificate === undefined ? {} : { id: certificate }),
            ...(fromBlock === undefined ? {} : { fromBlock }),
            onRemoved: (event) => {
              writeJson(terminal, { removed: true, ...event });
            },
            onError: (error) => {
              terminal.err(`${error instanceof Error ? error.message : String(error)}\n`);
            },
          },
        );
        const interrupted = once(process, "SIGINT", { signal: enough.signal }).catch(() => undefined);
        await interrupted;
        await stop();
      }),
    );
}
