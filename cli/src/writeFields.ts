import type { Terminal } from "./Terminal.js";

/** Writes one line for each field that is there. */
export function writeFields(terminal: Terminal, fields: Readonly<Record<string, unknown>>): void {
  const told = Object.entries(fields).filter(([, value]) => value !== undefined);
  const width = Math.max(...told.map(([name]) => name.length));
  terminal.out(told.map(([name, value]) => `${name.padEnd(width)} ${String(value)}\n`).join(""));
}
