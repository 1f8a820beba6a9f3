import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { readFigures } from "./readFigures.js";
import { READINGS } from "./readings.js";
import { STATES, type State } from "./Reading.js";

/** A promise of docs/quality/figures.json: what is written by hand. */
export type Promised = {
  readonly id: string;
  readonly promise: string;
  /** npm scripts, the ones that show it. */
  readonly commands: readonly string[];
  readonly aim: string;
  /** How far it may be said to be; what ran may say less. */
  readonly state: State;
  /** What no command counts: what is missing, or where to look. */
  readonly remark?: string;
};

/** A row of the page. */
export type Row = Omit<Promised, "remark"> & { readonly figure: string };

/** The promises, with what their commands wrote last. */
export function readRows(root: string): readonly Row[] {
  const promised = (readFigures(root, "figures") as readonly Promised[] | undefined) ?? [];
  const readSource = (file: string): string | undefined => {
    const path = join(root, file);
    return existsSync(path) ? readFileSync(path, "utf8") : undefined;
  };
  return promised.map(({ id, promise, commands, aim, state, remark }) => {
    const reader = READINGS[id];
    const reading = reader?.((name) => readFigures(root, name), readSource);
    const least = STATES[Math.min(STATES.indexOf(state), STATES.indexOf(reading?.state ?? state))] ?? state;
    // What only a command can show has not been shown before it ran.
    const shown = reader !== undefined && reading === undefined && least === "reached" ? "partly" : least;
    const missing =
      reader !== undefined && reading === undefined ? "its command has not run to its end yet" : undefined;
    const figure = [reading?.figure ?? missing, remark].filter((each) => each !== undefined).join("; ");
    return { id, promise, commands, aim, state: shown, figure };
  });
}
