import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

export type ScriptResult = {
  /** Null when it was killed. */
  readonly exitCode: number | null;
  readonly output: string;
};

export type RunningScript = { readonly child: ChildProcess; readonly result: Promise<ScriptResult> };

/** Starts a script in a process of its own, with a closed standard input, as CI would. */
export function startScript(
  script: string,
  options: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): RunningScript {
  const child = spawn(process.execPath, ["--import", "tsx", script, ...options], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
  const result = new Promise<ScriptResult>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (exitCode) => {
      resolve({ exitCode, output: Buffer.concat(chunks).toString() });
    });
  });
  return { child, result };
}

/** Runs a script to its end. */
export async function runScript(
  script: string,
  options: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<ScriptResult> {
  return startScript(script, options, environment).result;
}
