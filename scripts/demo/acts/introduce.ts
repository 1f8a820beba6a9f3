import type { Cast } from "../parties/Cast.js";
import type { Person } from "../parties/messages.js";
import { fund } from "../deployment/fund.js";
import type { World } from "./World.js";

/** What the parties of an act are given. */
export type IntroduceParameters = {
  /** Gas for which a party is given money. */
  readonly gasOf: (party: string) => bigint;
  /** Base units of the token by party. */
  readonly tokens: ReadonlyMap<string, bigint>;
};

/** Who plays, by name. */
export type Introduced = {
  readonly people: Readonly<Record<string, Person>>;
  /** Addresses by party. */
  readonly accounts: ReadonlyMap<string, string>;
};

/** Waits until all parties have made their keys, names them, and gives them money. */
export async function introduce(world: World, cast: Cast, { gasOf, tokens }: IntroduceParameters): Promise<Introduced> {
  const { provider, funder, token, progress } = world;
  const people = await cast.introduce();
  const accounts = new Map(Object.entries(people).map(([name, { address }]) => [name, address]));
  for (const [name, pid] of cast.processes()) {
    progress.note(`${name} is process ${pid} with account ${accounts.get(name) ?? ""}`);
  }
  progress.note("Giving the parties money for gas, and tokens");
  await fund({ provider, funder, token, accounts, tokens, gasOf });
  return { people, accounts };
}
