import { GuildhallError } from "../../sdk/src/index.js";
import type { Terminal } from "./Terminal.js";
import { writeJson } from "./writeJson.js";

/** Tells an error in one line, after the lines of a list at which it points; or as JSON. */
export function reportError(terminal: Terminal, error: unknown, json: boolean): void {
  if (!(error instanceof GuildhallError)) {
    terminal.err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return;
  }
  const { code, args, message } = error as GuildhallError;
  if (json) {
    writeJson(terminal, { error: { code, message, args } });
    return;
  }
  const faults = args["faults"];
  if (Array.isArray(faults)) {
    for (const { line, reason } of faults as readonly { line: number; reason: string }[]) {
      terminal.err(`line ${line}: ${reason}\n`);
    }
  }
  terminal.err(`${code}: ${message}\n`);
}
