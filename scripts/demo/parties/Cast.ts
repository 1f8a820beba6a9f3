import type { PartyRole, Person, Setup } from "./messages.js";
import { Party, type PartyListener } from "./Party.js";

/** All parties of the run, each in a process of its own. */
export class Cast {
  readonly #parties: readonly Party[];

  /** `program` is what every process runs. */
  constructor(program: string, roles: ReadonlyMap<string, PartyRole>, patience: number, listener: PartyListener) {
    this.#parties = [...roles].map(([name, role]) => new Party(program, name, role, patience, listener));
  }

  /** Waits until all have made their keys; gives what is public about them. */
  async introduce(): Promise<Readonly<Record<string, Person>>> {
    const people = await Promise.all(this.#parties.map(async ({ name, hello }) => [name, await hello] as const));
    return Object.fromEntries(people);
  }

  /** The ids of their processes, by name. */
  processes(): ReadonlyMap<string, number> {
    return new Map(this.#parties.map(({ name, pid }) => [name, pid ?? 0]));
  }

  /** Lets all begin. */
  play(setup: Setup): void {
    for (const party of this.#parties) party.play(setup);
  }

  /** Waits until all have done what comes before a moment; they are counted from 0 on. */
  async readyForMoment(moment: number): Promise<void> {
    await Promise.all(this.#parties.map((party) => party.readyForMoment(moment)));
  }

  /** The moment is there: all must go on. */
  resume(moment: number): void {
    for (const party of this.#parties) party.resume(moment);
  }

  /** Waits until all have played their parts and ended. */
  async done(): Promise<void> {
    await Promise.all(this.#parties.map(({ done }) => done));
  }

  /** Ends all processes that are left. */
  async end(): Promise<void> {
    await Promise.all(this.#parties.map((party) => party.end()));
  }
}
