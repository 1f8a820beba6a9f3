import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { ScriptError } from "../support/ScriptError.js";
import type { Deployment } from "./Deployment.js";

/** Where the record of a chain is. */
export function deploymentPath(folder: string, chainId: number): string {
  return join(folder, `${chainId}.json`);
}

/** The record at `path`, or undefined when there is none. */
export function readDeployment(path: string): Deployment | undefined {
  if (!existsSync(path)) return undefined;
  let record: unknown;
  try {
    record = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new ScriptError("RecordUnreadable", `${path} is not JSON. Restore it from the history.`, { path }, { cause });
  }
  if (!isDeployment(record)) {
    throw new ScriptError(
      "RecordUnreadable",
      `${path} is not a deployment record of version 1. Restore it from the history.`,
      { path },
    );
  }
  return record;
}

/** Writes the record whole or not at all. */
export function writeDeployment(path: string, record: Deployment): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(temporary, path);
}

function isDeployment(record: unknown): record is Deployment {
  if (typeof record !== "object" || record === null) return false;
  const { format, version, chainId, directory, contracts } = record as Partial<Record<keyof Deployment, unknown>>;
  return (
    format === "guildhall-deployment" &&
    version === 1 &&
    typeof chainId === "number" &&
    typeof directory === "string" &&
    typeof contracts === "object" &&
    contracts !== null &&
    Object.values(contracts).every((contract: unknown) => typeof contract === "object" && contract !== null)
  );
}
