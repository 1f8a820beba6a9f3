import type { MissingForPool, Pool } from "../../../sdk/src/index.js";
import { CliError } from "../CliError.js";

/** Refuses what the chain would refuse to the sender: he is not the operator, or the window is not open. */
export function requireOpenToPublish(pool: Pool, sender: string, missing: readonly MissingForPool[]): void {
  const { poolId, operator } = pool;
  if (sender.toLowerCase() !== operator.toLowerCase()) {
    throw new CliError({
      code: "CLI_STATE",
      args: { poolId, expected: operator, actual: sender },
      what: `The pool's operator is ${operator}, and ${sender} would publish.`,
      advice: "Name the operator's key.",
    });
  }
  const [first] = missing;
  if (first === undefined) return;
  const [what, advice] = sentencesOf(first, pool);
  throw new CliError({ code: "CLI_STATE", args: { poolId, ...first }, what, advice });
}

function sentencesOf(missing: MissingForPool, { mode }: Pool): readonly [what: string, advice: string] {
  switch (missing.kind) {
    case "time":
      return [`This can be published from ${missing.from} on, and it is ${missing.now}.`, "Wait until then."];
    case "late":
      return [
        `This could be published before ${missing.before}, and it is ${missing.now}.`,
        "Nothing can be done for this cycle: publish the later ones in time.",
      ];
    case "closed":
      return ["The pool is closed.", "Name another pool."];
    case "ended":
      return [`The pool's end was announced: its last cycle is ${missing.endCycle - 1}.`, "Name an earlier cycle."];
    case "source":
      return [`The pool has the mode ${mode}, which asks no roster of its operator.`, "Name another pool."];
    default:
      return [`The pool lacks ${missing.kind}.`, "See its state with `guildhall rewards show`."];
  }
}
