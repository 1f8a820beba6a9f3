import type { CycleTerms } from "../../../sdk/src/index.js";
import { ScriptError } from "../../support/ScriptError.js";
import type { Stage } from "../parties/Stage.js";

/** When the cycles of the act's pools are. */
export function requireCycles({ setup }: Stage): CycleTerms {
  if (setup.cycles !== undefined) return setup.cycles;
  throw new ScriptError("CyclesMissing", "No cycles are planned for this act. Pass them in the setup.");
}
