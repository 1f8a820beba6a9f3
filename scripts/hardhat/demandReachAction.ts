import type { TaskOverrideActionFunction } from "hardhat/types/tasks";
import { errorResult } from "hardhat/utils/result";

import type { Campaign } from "../checks/campaigns/Campaign.js";
import { findUnreached } from "../checks/campaigns/findUnreached.js";
import { readActions } from "../checks/campaigns/readActions.js";

/** What the runner of Solidity tests returns, as far as it is read. */
type Run = {
  readonly suiteResults: readonly {
    readonly id: { readonly name: string; readonly source: string };
    readonly testResults: readonly { readonly name: string; readonly kind: object }[];
  }[];
};
type Counted = {
  readonly metrics: Readonly<Record<string, { calls: bigint; reverts: bigint; discards: bigint }>>;
};

const plain = (source: string): string => source.replace(/^project\//u, "");

function campaignsOf({ suiteResults }: Run): Campaign[] {
  return suiteResults.flatMap(({ id, testResults }) =>
    testResults
      .filter((test): test is typeof test & { kind: Counted } => "metrics" in test.kind)
      .map(({ name, kind }) => ({
        name: `${plain(id.source)}:${id.name}.${name}`,
        metrics: Object.fromEntries(
          Object.entries(kind.metrics).map(([action, { calls, reverts, discards }]) => [
            plain(action),
            { calls: Number(calls), reverts: Number(reverts), discards: Number(discards) },
          ]),
        ),
      })),
  );
}

/** The Solidity tests, then the campaigns among them. */
export const demandReachAction: TaskOverrideActionFunction = async (args, hre, runSuper) => {
  const result = (await runSuper(args)) as { readonly success: boolean; readonly value?: Run };
  // A failure says enough of itself.
  if (!result.success || result.value === undefined) return result;
  const chosen = (args.testFiles as readonly string[]).length > 0 || args.grep !== undefined;
  const actions = readActions(hre.config.paths.root, "artifacts");
  const problems = findUnreached(campaignsOf(result.value), actions, !chosen && args.grepExclude === undefined);
  for (const problem of problems) console.error(problem);
  return problems.length > 0 ? errorResult(result.value) : result;
};
