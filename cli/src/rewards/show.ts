import { Command } from "commander";

import { cycleAt, cycleTimes, finalCycles, type Pool, type RewardsClient } from "../../../sdk/src/index.js";
import { bytes32Option } from "../bytes32Option.js";
import type { ChainOptions } from "../chain/ChainOptions.js";
import { withChainOptions } from "../chain/withChainOptions.js";
import { withHall } from "../chain/withHall.js";
import { CliError } from "../CliError.js";
import type { CommandContext } from "../CommandContext.js";
import { uint32Option } from "../uint32Option.js";
import { writeFields } from "../writeFields.js";
import { writeJson } from "../writeJson.js";
import { publishedOf } from "./publishedOf.js";

type Options = ChainOptions & {
  readonly pool: string;
  readonly user?: string;
  readonly cycle?: number;
  readonly json?: boolean;
};

/** `guildhall rewards show`. */
export function showCommand({ terminal }: CommandContext): Command {
  const command = new Command("show")
    .description("Show a pool, a cycle of it, and a user. It reads only.")
    .requiredOption("--pool <id>", "the pool's id", bytes32Option)
    .option("--user <id>", "a user: what he holds, will hold, and is owed", bytes32Option)
    .option("--cycle <number>", "a cycle: its times and evidence", uint32Option);
  return withChainOptions(command)
    .option("--json", "print JSON")
    .action((options: Options) =>
      withHall(options, async ({ context, rewards }) => {
        const { pool: poolId, user, cycle, json = false } = options;
        const [pool, time] = await Promise.all([rewards.pool(poolId), context.clock()]);
        const now = Number(time);
        const final = finalCycles(pool, now);
        const told = {
          pool: { ...pool, now, presentCycle: cycleAt(pool, now), finalCycles: final },
          ...(cycle === undefined ? {} : { cycle: await tellCycle(rewards, pool, cycle) }),
          ...(user === undefined ? {} : { user: await tellUser(rewards, pool, user, { cycle, final }) }),
        };
        if (json) writeJson(terminal, told);
        else for (const fields of Object.values(told)) writeFields(terminal, fields);
      }),
    );
}

async function tellCycle(rewards: RewardsClient, pool: Pool, cycle: number) {
  const figures = async (source: "OPERATOR" | "VERIFIER") => {
    const standing = await publishedOf(rewards, pool.poolId, cycle, source);
    if (standing === undefined) return {};
    const { root, count, eligible, contentHash, evidenceUri } = standing;
    const prefix = source.toLowerCase();
    const named = { Root: root, Count: count, Eligible: eligible, ContentHash: contentHash, Uri: evidenceUri };
    return Object.fromEntries(Object.entries(named).map(([name, value]) => [`${prefix}${name}`, value]));
  };
  return { cycle, ...cycleTimes(pool, cycle), ...(await figures("OPERATOR")), ...(await figures("VERIFIER")) };
}

async function tellUser(
  rewards: RewardsClient,
  { poolId, form, mode }: Pool,
  userId: string,
  { cycle, final }: { readonly cycle: number | undefined; readonly final: number },
) {
  const member = await rewards.member(poolId, userId);
  if (member === undefined) {
    throw new CliError({
      code: "CLI_STATE",
      args: { poolId, userId },
      what: `The user ${userId} is not bound to the pool.`,
      advice: "Check the id, or bind him first.",
    });
  }
  const settled = await rewards.holdingOf(poolId, userId, final);
  const onChain = cycle !== undefined && (form === "BITMAP" || mode === "INDICATOR");
  const asked = mode === "VERIFIER" ? "VERIFIER" : "OPERATOR";
  return {
    ...member,
    unitsAfterSettling: settled.units,
    nextCycleAfterSettling: settled.nextCycle,
    ...(onChain ? { answer: await rewards.answerOf(poolId, userId, cycle, asked) } : {}),
    ...(onChain && mode === "BOTH"
      ? { verifierAnswer: await rewards.answerOf(poolId, userId, cycle, "VERIFIER") }
      : {}),
  };
}
