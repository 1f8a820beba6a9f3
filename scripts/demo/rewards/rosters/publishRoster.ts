import { type Guildhall, rosterOf } from "../../../../sdk/src/index.js";
import type { CycleRoster } from "./CycleRoster.js";

/** Where the evidence is: in the run's folder. */
const EVIDENCE = "deliveries.csv";

/** Publishes a roster, or corrects the one that stands. */
export async function* publishRoster(
  { rewards }: Guildhall,
  roster: CycleRoster,
): AsyncGenerator<undefined, void, void> {
  const { poolId, cycle } = roster.figures;
  if (roster.form === "BITMAP") {
    await rewards.publishBitmap({ poolId, cycle, bitmap: roster.bitmap, evidenceUri: EVIDENCE });
  } else {
    const sent = await rewards.publish({ poolId, cycle, roster: rosterOf(roster.figures, EVIDENCE) });
    await sent.wait();
  }
  yield undefined;
}
