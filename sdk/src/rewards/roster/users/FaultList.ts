import { RosterError } from "../RosterError.js";

/** A line that was refused. */
export type RosterFault = { readonly line: number; readonly reason: string };

/** Faults that an error lists; the others are counted. */
const MAX_LISTED = 100;

/** Counts refused lines, and keeps the first ones. */
export class FaultList {
  readonly #listed: RosterFault[] = [];
  #total = 0;

  add(line: number, reason: string): void {
    this.#total += 1;
    if (this.#listed.length < MAX_LISTED) this.#listed.push({ line, reason });
  }

  /** Refuses the whole list if a line was refused. */
  requireNone(): void {
    if (this.#total === 0) return;
    const faults = this.#listed.toSorted((a, b) => a.line - b.line);
    const [first] = faults;
    throw new RosterError({
      code: "ROSTER_LINES_REFUSED",
      args: { total: this.#total, faults },
      what: `${this.#total} faults were found, the first on line ${first?.line}: ${first?.reason}.`,
      advice: "Mend the lines that args.faults lists; nothing was written.",
    });
  }
}
