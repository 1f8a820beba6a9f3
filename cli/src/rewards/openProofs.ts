import { type EvidenceSource, type OpenRoster, openRoster, type RewardsClient } from "../../../sdk/src/index.js";
import { type FileSource, openFileSource } from "../../../sdk/src/node/index.js";
import { CliError } from "../CliError.js";
import { publishedOf } from "./publishedOf.js";
import { requireFileOf } from "./requireFileOf.js";

/** An open list whose root is the one that stands on the chain. */
export type Proofs = { readonly roster: OpenRoster; readonly file: FileSource };

/** Opens a list to take proofs from it. The caller closes the file. */
export async function openProofs(
  path: string,
  rewards: RewardsClient,
  {
    poolId,
    cycle,
    source,
  }: { readonly poolId: string; readonly cycle: number | undefined; readonly source: EvidenceSource },
): Promise<Proofs> {
  const file = await openFileSource(path);
  try {
    const roster = await openRoster(file);
    const { header } = roster;
    requireFileOf(path, header, poolId, cycle ?? header.cycle);
    const standing = await publishedOf(rewards, poolId, header.cycle, source);
    if (standing === undefined) throw nothing(poolId, header.cycle, source);
    if (standing.root !== header.root) throw other(path, standing.root, header.root);
    return { roster, file };
  } catch (error) {
    await file.close();
    throw error;
  }
}

function nothing(poolId: string, cycle: number, source: EvidenceSource): CliError {
  return new CliError({
    code: "CLI_STATE",
    args: { poolId, cycle, source },
    what: `For cycle ${cycle} nothing stands of the source ${source}.`,
    advice: "Publish it first.",
  });
}

function other(file: string, expected: string, actual: string): CliError {
  return new CliError({
    code: "CLI_ROSTER",
    args: { file, expected, actual },
    what: `The root that was published is ${expected}, and that of ${file} is ${actual}.`,
    advice: "Fetch the file that was published.",
  });
}
