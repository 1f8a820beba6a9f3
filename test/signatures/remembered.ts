import type { Place, Situation, Slot } from "./Slot.js";

type Snapshot = Awaited<ReturnType<Situation["chain"]["networkHelpers"]["takeSnapshot"]>>;

/**
 * A slot's `at` that builds the situation of each place once in a run of the suite that it is called in, and from then on brings
 * the place back to where it was.
 *
 * For tests one after the other: what another slot builds at the same places takes the snapshots away.
 */
export function remembered(slot: Slot): Slot["at"] {
  const made = new Map<Place, { readonly situation: Situation; readonly snapshot: Snapshot }>();
  // The contracts may be others when the suite is run again: mutants are judged so.
  before(() => {
    made.clear();
  });
  return async (place) => {
    const before = made.get(place);
    if (before !== undefined) {
      await before.snapshot.restore();
      return before.situation;
    }
    const situation = await slot.at(place);
    made.set(place, { situation, snapshot: await situation.chain.networkHelpers.takeSnapshot() });
    return situation;
  };
}
