import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

import type { Mutant } from "./findMutants.js";

export type Verdict = "killed by mocha" | "killed by forge" | "does not compile" | "same code" | "survived";
export type Entry = { readonly verdict: Verdict; readonly by: string; readonly seconds: number };

/** What was found of each mutant of each source, one line each, written at once: an interrupted run goes on from here. */
export class Ledger {
  readonly #path: string;
  readonly #entries = new Map<string, Entry>();

  constructor(path: string) {
    this.#path = path;
    mkdirSync(dirname(path), { recursive: true });
    if (!existsSync(path)) return;
    for (const line of readFileSync(path, "utf8").split("\n")) {
      if (line === "") continue;
      const { key, ...entry } = JSON.parse(line) as Entry & { readonly key: string };
      this.#entries.set(key, entry);
    }
  }

  of(source: string, mutant: Mutant): Entry | undefined {
    return this.#entries.get(keyOf(source, mutant));
  }

  add(source: string, mutant: Mutant, entry: Entry): void {
    const key = keyOf(source, mutant);
    this.#entries.set(key, entry);
    appendFileSync(this.#path, `${JSON.stringify({ key, ...entry })}\n`);
  }
}

function keyOf(source: string, { start, length, to }: Mutant): string {
  return `${source}:${start}:${length}:${to}`;
}
