import { RosterError } from "./RosterError.js";

/** Refuses a roster that says yes to nobody, unless that is meant. */
export function requireEligible(count: number, eligible: number, noneEligible: boolean): void {
  if (eligible > 0 || noneEligible) return;
  throw new RosterError({
    code: "ROSTER_NONE_ELIGIBLE",
    args: { count },
    what: `None of the ${count} users of the roster is eligible.`,
    advice: "Every user would lose what he holds: check the lines, and confirm with noneEligible if this is meant.",
  });
}
