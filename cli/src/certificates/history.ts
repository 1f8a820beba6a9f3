import { Command } from "commander";

import { verdictAt } from "../../../sdk/src/index.js";
import { bytes32Option } from "../bytes32Option.js";
import type { ChainOptions } from "../chain/ChainOptions.js";
import { withChainOptions } from "../chain/withChainOptions.js";
import { withHall } from "../chain/withHall.js";
import type { CommandContext } from "../CommandContext.js";
import { positiveOption } from "../positiveOption.js";
import { writeFields } from "../writeFields.js";
import { writeJson } from "../writeJson.js";

type Options = ChainOptions & { readonly at?: number; readonly json?: boolean };

/** `guildhall certificates history`. */
export function historyCommand({ terminal }: CommandContext): Command {
  const command = new Command("history")
    .description("Tell a certificate's records, each made anew and the last one held against the ledger's.")
    .argument("<id>", "the certificate's id", bytes32Option)
    .option("--at <time>", "tell what it was worth at this time, in Unix seconds", positiveOption);
  return withChainOptions(command)
    .option("--json", "print JSON")
    .action((certificateId: string, { at, json = false, ...options }: Options) =>
      withHall(options, async ({ certificates }) => {
        const history = await certificates.history(certificateId);
        const verdict = at === undefined ? {} : { verdict: verdictAt(history, at) };
        if (json) {
          writeJson(terminal, { ...history, ...verdict });
          return;
        }
        for (const { timestamp, operation, requester, reason, to } of history.records) {
          terminal.out(`${timestamp} ${operation} by ${requester}, reason ${reason}, to account ${to}\n`);
        }
        writeFields(terminal, { head: history.head, holder: history.holder, ...verdict });
      }),
    );
}
