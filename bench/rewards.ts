/**
 * `npm run bench:rewards` builds the roster of a million users, and the same with @openzeppelin/merkle-tree, each in a process
 * of its own, and writes bench/results/rewards.json. Where the library cannot at a million, both are measured at the largest
 * size that it can as well.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { id } from "ethers";
import { format, resolveConfig } from "prettier";

import type { Measurement } from "./rewards/Measurement.js";
import { measureLibrary } from "./rewards/measureLibrary.js";
import { measureOurs } from "./rewards/measureOurs.js";
import { writeLines } from "./rewards/writeLines.js";

const RESULTS = "bench/results/rewards.json";
const SIZES = [1_000_000, 500_000, 250_000] as const;
/** Milliseconds that a process may take. */
const PATIENCE = 480_000;
const POOL = id("the pool of the benchmark");
const PROGRAMS = { ours: measureOurs, library: measureLibrary } as const;

type Program = keyof typeof PROGRAMS;
type Result = { readonly program: Program } & (Measurement | { readonly users: number; readonly failed: string });

const run = promisify(execFile);

async function measure(program: Program, users: number, folder: string): Promise<Result> {
  const args = ["--import", "tsx", fileURLToPath(import.meta.url), program, String(users), folder];
  try {
    const { stdout } = await run(process.execPath, args, { timeout: PATIENCE, maxBuffer: 1 << 26 });
    return { program, ...(JSON.parse(stdout) as Measurement) };
  } catch (error) {
    const { killed, signal } = error as { readonly killed?: boolean; readonly signal?: string };
    const failed = killed === true ? `took more than ${PATIENCE / 1_000} s` : `ended by ${signal ?? "an error"}`;
    return { program, users, failed };
  }
}

function rounded(result: Result): Result {
  const entries = Object.entries(result).map(([name, value]) => [
    name,
    typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value,
  ]);
  return Object.fromEntries(entries) as Result;
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "guildhall-bench-"));
  const results: Result[] = [];
  try {
    for (const users of SIZES) {
      await writeLines(join(folder, "users.csv"), users);
      for (const program of ["ours", "library"] as const) {
        const result = rounded(await measure(program, users, folder));
        results.push(result);
        console.log(JSON.stringify(result));
      }
      if (results.at(-1)?.program === "library" && !("failed" in (results.at(-1) ?? {}))) break;
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  const roots = new Map<number, Set<string>>();
  for (const result of results) {
    if (!("failed" in result)) roots.set(result.users, (roots.get(result.users) ?? new Set()).add(result.root));
  }
  const sameRoots = [...roots.values()].every(({ size }) => size === 1);
  if (!sameRoots) process.exitCode = 1;
  const budget = { users: 1_000_000, seconds: 60, peakMiB: 1_536 };
  // The roots are as long as a key, and say nothing once they are compared.
  const figures = results.map((result) => ({ ...result, root: undefined }));
  const text = JSON.stringify({ budget, sameRoots, results: figures });
  await writeFile(RESULTS, await format(text, { ...(await resolveConfig(RESULTS)), parser: "json" }));
}

const [program, users, folder] = process.argv.slice(2);
if (program === undefined || users === undefined || folder === undefined) await main();
else {
  const measurement = await PROGRAMS[program as Program](
    Number(users),
    join(folder, "users.csv"),
    join(folder, `${program}.roster`),
    POOL,
  );
  console.log(JSON.stringify(measurement));
}
