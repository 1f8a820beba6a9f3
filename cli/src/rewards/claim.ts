import { Command } from "commander";
import { ZeroAddress } from "ethers";

import { bytes32Option } from "../bytes32Option.js";
import type { ChainOptions, KeyOptions } from "../chain/ChainOptions.js";
import { withChainOptions } from "../chain/withChainOptions.js";
import { withSigner } from "../chain/withHall.js";
import { withKeyOptions } from "../chain/withKeyOptions.js";
import type { CommandContext } from "../CommandContext.js";
import { EXIT_CODES } from "../ExitCode.js";
import { optionError } from "../optionError.js";
import { writeFields } from "../writeFields.js";
import { writeJson } from "../writeJson.js";
import { accountsOf } from "./accountsOf.js";
import { boundUsersOf } from "./boundUsersOf.js";

type Options = ChainOptions &
  KeyOptions & {
    readonly pool: string;
    readonly user?: readonly string[];
    readonly all?: boolean;
    readonly json?: boolean;
  };

/** `guildhall rewards claim`. */
export function claimCommand({ terminal, end }: CommandContext): Command {
  const command = new Command("claim")
    .description("Pay what users are owed to their bound accounts, a transaction each. It can be begun again.")
    .requiredOption("--pool <id>", "the pool's id", bytes32Option)
    .option("--user <id...>", "the users", (text: string, before: readonly string[] | undefined) => [
      ...(before ?? []),
      bytes32Option(text),
    ])
    .option("--all", "all bound users");
  return withKeyOptions(withChainOptions(command))
    .option("--json", "print JSON, and no progress")
    .action((options: Options) => {
      const { pool: poolId, user, all = false, json = false } = options;
      if (all === (user !== undefined)) {
        throw optionError("Nobody is named, or too many.", "Give either --user or --all.");
      }
      return withSigner(options, terminal, async ({ rewards }) => {
        await rewards.pool(poolId);
        const named = user === undefined ? await boundUsersOf(rewards, poolId) : accountsOf(rewards, poolId, user);
        const userIds: string[] = [];
        const paid: { readonly userId: string; readonly amount: bigint }[] = [];
        const refused: { readonly userId: string; readonly refusal: string }[] = [];
        for await (const { userId, account } of named) {
          if (account === ZeroAddress) refused.push({ userId, refusal: "NOT_BOUND" });
          else userIds.push(userId);
        }
        for await (const outcome of rewards.claimAll({ poolId, userIds })) {
          const { userId } = outcome;
          if (outcome.paid) {
            paid.push({ userId, amount: outcome.claimed.amount });
            if (!json && terminal.isWatched) terminal.err(`claiming: ${paid.length} paid\n`);
          } else if (outcome.error !== undefined) refused.push({ userId, refusal: outcome.error.name });
        }
        const nothingOwed =
          userIds.length - paid.length - refused.filter(({ refusal }) => refusal !== "NOT_BOUND").length;
        if (json) writeJson(terminal, { poolId, paid, nothingOwed, refused });
        else {
          terminal.out(paid.map(({ userId, amount }) => `paid ${userId}: ${amount}\n`).join(""));
          terminal.out(refused.map(({ userId, refusal }) => `refused ${userId}: ${refusal}\n`).join(""));
          writeFields(terminal, { paid: paid.length, nothingOwed, refused: refused.length });
        }
        if (refused.length > 0) end(EXIT_CODES.failed);
      });
    });
}
