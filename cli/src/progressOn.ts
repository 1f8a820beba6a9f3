import type { OnRosterProgress } from "../../sdk/src/index.js";
import type { Terminal } from "./Terminal.js";

/** Milliseconds between two lines. */
const INTERVAL = 500;

/** Shows how far long work has come, where somebody watches and no JSON is asked for. */
export function progressOn(terminal: Terminal, json: boolean): OnRosterProgress | undefined {
  if (json || !terminal.isWatched) return undefined;
  let next = 0;
  return ({ stage, done, total }) => {
    const now = performance.now();
    if (now < next) return;
    next = now + INTERVAL;
    const of = total === undefined ? "" : ` of ${total}`;
    terminal.err(`${stage}: ${done}${of}\n`);
  };
}
