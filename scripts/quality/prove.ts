/**
 * Proves what the contracts in test/proofs/ assert, for every input there is. Their byte code is run with unknown words in
 * place of the arguments, and z3 is asked whether any input leads to a failing assertion, or to any other panic. Both
 * compiler pipelines are proved. Names, as `ReferralProof.close`, choose among them. Without the program z3 there is nothing to ask: one line says so, and the exit code is 0.
 */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import type { FunctionFragment } from "ethers";
import { Interface, getBytes } from "ethers";

import { writeFigures } from "./figures/writeFigures.js";
import type { Path } from "./prove/explore.js";
import { explore } from "./prove/explore.js";
import { layOut } from "./prove/layOut.js";
import { LEMMAS, questionOf } from "./prove/lemmas.js";
import type { Byte } from "./prove/Terms.js";
import { Terms, known, textOf } from "./prove/Terms.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SECONDS = 60;
const PIPELINES = { viaIR: { viaIR: true, runs: 50_000 }, legacy: { viaIR: false, runs: 200 } } as const;

type Artifact = { readonly abi: string; readonly code: Uint8Array };
type CompilerOutput = {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts?: Readonly<
    Record<string, Readonly<Record<string, { abi: unknown; evm: { deployedBytecode: { object: string } } }>>>
  >;
};
type Solc = {
  readonly compile: (
    input: string,
    callbacks: { readonly import: (path: string) => { contents: string } | { error: string } },
  ) => string;
};

function compile(files: readonly string[], { viaIR, runs }: { viaIR: boolean; runs: number }): Map<string, Artifact> {
  const solc = createRequire(import.meta.url)("solc") as Solc;
  const read = (path: string): { contents: string } | { error: string } => {
    for (const folder of ["", "node_modules"]) {
      try {
        return { contents: readFileSync(join(ROOT, folder, path), "utf8") };
      } catch {
        // The next folder may have it.
      }
    }
    return { error: `There is no ${path}.` };
  };
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(files.map((file) => [file, { content: readFileSync(join(ROOT, file), "utf8") }])),
    settings: {
      viaIR,
      evmVersion: "osaka",
      optimizer: { enabled: true, runs },
      metadata: { bytecodeHash: "none" },
      outputSelection: { "*": { "*": ["abi", "evm.deployedBytecode.object"] } },
    },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: read })) as CompilerOutput;
  const errors = (output.errors ?? []).filter(({ severity }) => severity === "error");
  for (const { formattedMessage } of errors) console.error(formattedMessage);
  if (errors.length > 0) process.exit(1);
  return new Map(
    files.flatMap((file) =>
      Object.entries(output.contracts?.[file] ?? {}).map(([name, { abi, evm }]) => {
        const code = getBytes(`0x${evm.deployedBytecode.object}`);
        return [name, { abi: JSON.stringify(abi), code }] as const;
      }),
    ),
  );
}

function runSolver(script: string): string {
  return spawnSync("z3", ["-smt2", "-in", `-T:${SECONDS}`], { input: script, encoding: "utf8" }).stdout.trim();
}

type Question = { readonly loose: boolean; readonly inputs?: readonly string[] };

function ask(terms: Terms, conditions: readonly string[], { loose, inputs = [] }: Question): string {
  const script = [
    terms.text({ loose }),
    ...conditions.map((condition) => `(assert ${condition})`),
    "(check-sat)",
    ...(inputs.length === 0 ? [] : [`(get-value (${inputs.join(" ")}))`]),
  ].join("\n");
  return runSolver(script);
}

/** Shows the lemmas that loose definitions rest on; gives how many could not be shown. */
function proveLemmas(): number {
  const open = Object.entries(LEMMAS).filter(([name, lemma]) => {
    const isShown = runSolver(questionOf(lemma)) === "unsat";
    console.log(`${isShown ? "proved" : "FAILED"} lemma: ${name}`);
    return !isShown;
  });
  return open.length;
}

/** What is wrong with a function's assertions, if anything. */
function prove(code: Uint8Array, { selector, inputs: types }: FunctionFragment): string | undefined {
  const terms = new Terms();
  const slots = layOut(types);
  const inputs = slots.map((slot, i) => (slot === "unknown" ? terms.input(`word${i}`) : known(BigInt(slot))));
  const names = slots.flatMap((slot, i) => (slot === "unknown" ? [`word${i}`] : []));
  const calldata: Byte[] = [...getBytes(selector), ...inputs.flatMap((word) => terms.bytesOf(word))];
  const paths = explore(terms, code, calldata);
  const refuted = ({ conditions }: Path): boolean => ask(terms, conditions, { loose: true }).startsWith("unsat");
  // A small input is found sooner than any input.
  const small = names.map((name) => `(bvult ${name} ${textOf(known(256n))})`);
  const taken = (path: Path): boolean =>
    !refuted(path) &&
    [[...path.conditions, ...small], path.conditions].some((conditions) =>
      ask(terms, conditions, { loose: false }).startsWith("sat"),
    );

  for (const path of paths.filter(({ end }) => end === "panic")) {
    // What the lemmas alone refute needs no arithmetic. What they do not is asked of the machine's own.
    if (refuted(path)) continue;
    const answer = ask(terms, path.conditions, { loose: false, inputs: names });
    if (answer.startsWith("unsat")) continue;
    const what = path.panicCode === 1n ? "an assertion fails" : `panic 0x${path.panicCode?.toString(16)}`;
    return answer.startsWith("sat") ? `${what}, for ${answer.slice(3).trim()}` : `z3 could not say: ${answer}`;
  }
  // Nothing is shown of a function that no input gets through, unless that is what it asserts.
  return paths.some((path) => path.end !== "panic" && taken(path)) ? undefined : "no input gets through";
}

function main(): void {
  if (spawnSync("z3", ["--version"]).status !== 0) {
    console.log("Not proved: there is no program z3 here (Debian's package z3 has it).");
    return;
  }
  const files = globSync("test/proofs/*.sol", { cwd: ROOT }).toSorted();
  const wanted = process.argv.slice(2);
  let proved = 0;
  let failed = proveLemmas();
  for (const [pipeline, settings] of Object.entries(PIPELINES)) {
    for (const [name, { abi, code }] of compile(files, settings)) {
      const functions = new Interface(abi);
      functions.forEachFunction((fragment) => {
        if (wanted.length > 0 && !wanted.includes(`${name}.${fragment.name}`)) return;
        const start = performance.now();
        const problem = prove(code, fragment);
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        console.log(`${problem === undefined ? "proved" : "FAILED"} ${pipeline} ${name}.${fragment.name} ${seconds} s`);
        if (problem === undefined) proved += 1;
        else failed += 1;
        if (problem !== undefined) console.error(`  ${problem}`);
      });
    }
  }
  console.log(`${proved} proved, ${failed} failed`);
  if (wanted.length === 0) writeFigures(ROOT, "proofs", { proved, failed });
  if (failed > 0 || proved === 0) process.exitCode = 1;
}

main();
