import { spawn } from "node:child_process";
import { delimiter, join } from "node:path";

import { countTests } from "./countTests.js";
import type { Outcome, Part } from "./Part.js";

/** Runs one part to its end, and keeps what it prints. */
export async function runPart(root: string, { script, counts }: Part): Promise<Outcome> {
  const start = performance.now();
  const chunks: Buffer[] = [];
  const exitCode = await new Promise<number>((resolve) => {
    const child = spawn("npm", ["run", "--silent", script], {
      cwd: root,
      env: {
        ...process.env,
        PATH: [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter),
        // Hundreds of processes load the same modules: each is compiled once.
        NODE_COMPILE_CACHE: join(root, "cache/node"),
      },
      shell: process.platform === "win32",
      stdio: ["ignore", "pipe", "pipe"],
    });
    const keep = (chunk: Buffer) => chunks.push(chunk);
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => {
      chunks.push(Buffer.from(`${error.message}\n`));
      resolve(1);
    });
    child.on("close", (code) => {
      resolve(code ?? 1);
    });
  });
  const output = Buffer.concat(chunks).toString();
  const verdict =
    counts === "tests"
      ? countTests(output, exitCode)
      : { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1 };
  return { script, ...verdict, seconds: (performance.now() - start) / 1000, output };
}
