import { spawnSync } from "node:child_process";
import { join } from "node:path";

import type { Outcome } from "./runForge.js";

const MOST_SECONDS = 600;

/** Runs Hardhat in `root`. */
export function runHardhat(root: string, options: readonly string[]): Outcome {
  const program = join(root, "node_modules/hardhat/dist/src/cli.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...options], {
    cwd: root,
    encoding: "utf8",
    timeout: MOST_SECONDS * 1000,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status: status ?? 1, stdout, stderr };
}
