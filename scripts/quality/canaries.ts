/**
 * Plants one fault for each gate in a copy of the tree, and demands that the gate, run alone, fails and names the fault: a
 * gate that cannot fail shows nothing. `npm run test:canaries -- lock secrets` runs those whose names begin so. What each came
 * to is kept in docs/quality/canaries.json.
 */
import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { ScriptError } from "../support/ScriptError.js";
import { runMain } from "../support/runMain.js";
import { ALL_CANARIES } from "./canaries/allCanaries.js";
import type { Canary, Tree } from "./canaries/Canary.js";
import { copyTree } from "./copyTree.js";
import { readFigures } from "./figures/readFigures.js";
import { writeFigures } from "./figures/writeFigures.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MOST_SECONDS = 900;

/** The dependencies become a folder of links, in which the compiler is a copy that may be changed. */
function ownCompiler(path: string): void {
  const modules = join(path, "node_modules");
  rmSync(modules);
  mkdirSync(modules);
  for (const name of readdirSync(join(ROOT, "node_modules"))) {
    if (name === "solc") cpSync(join(ROOT, "node_modules", name), join(modules, name), { recursive: true });
    else symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  }
}

/** A repository of its own, as some gates ask git for the tracked files. */
function track(path: string): void {
  const git = (...options: string[]): void => {
    execFileSync("git", options, { cwd: path, stdio: "ignore" });
  };
  git("init");
  appendFileSync(join(path, ".git/info/exclude"), "node_modules\n");
  git("add", "--all");
}

/** A tree that remembers what its files were. */
function openTree(path: string): { readonly tree: Tree; readonly restore: () => void } {
  const before = new Map<string, string | undefined>();
  const write = (file: string, text: string): void => {
    const place = join(path, file);
    if (!before.has(file)) before.set(file, existsSync(place) ? readFileSync(place, "utf8") : undefined);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
    execFileSync("git", ["add", "--intent-to-add", "--force", file], { cwd: path, stdio: "ignore" });
  };
  const replace = (file: string, from: string | RegExp, to: string): void => {
    const text = readFileSync(join(path, file), "utf8");
    const changed = text.replace(from, to);
    if (changed === text) throw new ScriptError("NothingPlanted", `${file} has no ${String(from)}. Mend the canary.`);
    write(file, changed);
  };
  const restore = (): void => {
    for (const [file, text] of before) {
      if (text === undefined) rmSync(join(path, file));
      else writeFileSync(join(path, file), text);
    }
    before.clear();
  };
  return { tree: { path, write, replace }, restore };
}

type Verdict = "red" | "GREEN" | "red, but for another reason" | "skipped";

/** What the gate says of the planted fault. */
function judge(path: string, canary: Canary): { readonly verdict: Verdict; readonly output: string } {
  if (canary.needs !== undefined && spawnSync(canary.needs, ["--version"]).status !== 0) {
    return { verdict: "skipped", output: `There is no program ${canary.needs}.` };
  }
  let output = "";
  let status: number | null = 0;
  for (const [program, ...options] of canary.gate) {
    const run = spawnSync(program, options, {
      cwd: path,
      encoding: "utf8",
      timeout: MOST_SECONDS * 1000,
      maxBuffer: 256 * 1024 * 1024,
      env: { ...process.env, PATH: [join(path, "node_modules/.bin"), process.env.PATH].join(delimiter) },
    });
    output += `${run.stdout}${run.stderr}`;
    status = run.status;
  }
  if (status === 0) return { verdict: "GREEN", output };
  return { verdict: canary.says.test(output) ? "red" : "red, but for another reason", output };
}

/** Keeps a verdict beside those of the other canaries there are. One that was never planted is kept as such. */
function note(name: string, verdict: Verdict): void {
  const before = (readFigures(ROOT, "canaries") ?? {}) as Readonly<Record<string, string>>;
  const verdicts = ALL_CANARIES.map((each) => [
    each.name,
    each.name === name ? verdict : (before[each.name] ?? "not planted"),
  ]);
  writeFigures(ROOT, "canaries", Object.fromEntries(verdicts) as object);
}

function main(): Promise<number> {
  const wanted = process.argv.slice(2);
  const canaries = ALL_CANARIES.filter(
    ({ name }) => wanted.length === 0 || wanted.some((start) => name.startsWith(start)),
  );
  const copy = copyTree(ROOT, "canaries");
  let red = 0;
  let failed = 0;
  try {
    ownCompiler(copy.path);
    track(copy.path);
    const { tree, restore } = openTree(copy.path);
    for (const canary of canaries) {
      const start = performance.now();
      let verdict: Verdict;
      let output: string;
      try {
        canary.plant(tree);
        ({ verdict, output } = judge(copy.path, canary));
      } finally {
        restore();
      }
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      note(canary.name, verdict);
      console.log(`${verdict.padEnd(10)} ${seconds.padStart(6)} s  ${canary.name}`);
      if (verdict === "red") red += 1;
      else if (verdict !== "skipped") {
        failed += 1;
        console.error(output.trimEnd().split("\n").slice(-30).join("\n"));
      }
    }
  } finally {
    copy.remove();
  }
  console.log(`${red} of ${canaries.length} planted faults turned their gate red`);
  return Promise.resolve(failed > 0 || red === 0 ? 1 : 0);
}

await runMain(main);
