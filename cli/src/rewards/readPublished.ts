import { readFile } from "node:fs/promises";

import type { RosterFigures } from "../../../sdk/src/index.js";
import { CliError } from "../CliError.js";

const BYTES32 = /^0x[0-9a-fA-F]{64}$/;

/** Reads the figures of a published roster: a JSON object as `rewards build --json` prints it. Further fields are ignored. */
export async function readPublished(path: string): Promise<RosterFigures> {
  const fields = parse(await readFile(path, "utf8"), path);
  const bytes32 = (name: string): string => {
    const value = fields[name];
    return typeof value === "string" && BYTES32.test(value)
      ? value.toLowerCase()
      : fail(path, `${name} is not 32 bytes`);
  };
  const uint32 = (name: string): number => {
    const value = fields[name];
    const isCount = typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff;
    return isCount ? value : fail(path, `${name} is no number below 2^32`);
  };
  return {
    poolId: bytes32("poolId"),
    cycle: uint32("cycle"),
    root: bytes32("root"),
    count: uint32("count"),
    eligible: uint32("eligible"),
    contentHash: bytes32("contentHash"),
  };
}

function parse(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Told below.
  }
  return fail(path, "it is no JSON object");
}

function fail(path: string, reason: string): never {
  throw new CliError({
    code: "CLI_JSON",
    args: { path, reason },
    what: `${path} does not say what was published: ${reason}.`,
    advice: "Write poolId, cycle, root, count, eligible and contentHash as the event RosterPublished has them.",
  });
}
