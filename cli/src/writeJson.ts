import type { Terminal } from "./Terminal.js";

/** Writes a command's one JSON value. Amounts are text: they exceed what a JSON number keeps. */
export function writeJson(terminal: Terminal, value: unknown): void {
  terminal.out(
    `${JSON.stringify(value, (_key, each: unknown) => (typeof each === "bigint" ? each.toString() : each))}\n`,
  );
}
