import type { Guildhall, SettleStep, UserAccount } from "../../../../sdk/src/index.js";
import { ScriptError } from "../../../support/ScriptError.js";
import type { CycleRoster } from "../rosters/CycleRoster.js";
import { openProofs } from "./openProofs.js";

/** Settles a cycle for couriers, all of them; yields the units that moved for each, below 0 where they went back. */
export async function* settleRoster(
  { rewards }: Guildhall,
  roster: CycleRoster,
  users: readonly UserAccount[],
): AsyncGenerator<readonly bigint[], void, void> {
  const { poolId, cycle } = roster.figures;
  if (roster.form === "BITMAP") {
    for await (const step of rewards.settleUsers({ poolId, users, untilCycle: cycle + 1 })) yield unitsOf(step);
    return;
  }
  const { proofs, close } = await openProofs(roster.path);
  try {
    for await (const step of rewards.settleUsers({ poolId, users, cycle, proofs })) yield unitsOf(step);
  } finally {
    await close();
  }
}

function unitsOf({ reports }: SettleStep): readonly bigint[] {
  return reports.map((report) => {
    if (report.status === "settled") return report.units;
    const reason = "refusal" in report ? report.refusal : report.status;
    throw new ScriptError("NotSettled", `The user ${report.userId} was not settled: ${reason}.`);
  });
}
