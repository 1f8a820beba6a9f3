import { spawnSync } from "node:child_process";

import { foundry } from "../support/foundry.js";

/** The compiler pipelines: the profiles of foundry.toml. */
export const PIPELINES = ["default", "legacy"] as const;
export type Pipeline = (typeof PIPELINES)[number];
export type Profile = Pipeline | "deep" | "quick";

/** Where each profile's artifacts are. */
export const OUT: Readonly<Record<Profile, string>> = {
  default: "cache/forge/out",
  deep: "cache/forge-legacy/out",
  legacy: "cache/forge-legacy/out",
  quick: "cache/forge-quick/out",
};

export type Outcome = { readonly status: number; readonly stdout: string; readonly stderr: string };

const LARGEST_OUTPUT = 256 * 1024 * 1024;

/** Runs forge in `root`, under a profile of foundry.toml; `fuzzRuns` takes the place of the profile's number. */
export function runForge(root: string, profile: Profile, options: readonly string[], fuzzRuns?: number): Outcome {
  const runs = fuzzRuns === undefined ? {} : { FOUNDRY_FUZZ_RUNS: String(fuzzRuns) };
  const result = spawnSync(foundry("forge"), options, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: LARGEST_OUTPUT,
    env: { ...process.env, ...runs, FOUNDRY_PROFILE: profile, FOUNDRY_DISABLE_NIGHTLY_WARNING: "1" },
  });
  return {
    status: result.status ?? 1,
    stdout: result.stdout,
    stderr: result.error === undefined ? result.stderr : `${result.stderr}${result.error.message}`,
  };
}
