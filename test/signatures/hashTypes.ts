import { globSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = new URL("../../", import.meta.url);

/** A type string of the contracts. */
export type HashType = {
  /** The struct's name. */
  readonly name: string;
  readonly constant: string;
  readonly type: string;
  /** The library, the folder of its system, and its file. */
  readonly library: string;
  readonly system: string;
  readonly file: string;
};

/** The text of a file of the tree. */
export function sourceOf(file: string): string {
  return readFileSync(new URL(file, ROOT), "utf8");
}

/** Files of the tree. */
export function filesLike(pattern: string): readonly string[] {
  return globSync(pattern, { cwd: fileURLToPath(ROOT) }).map((file) => file.replaceAll("\\", "/"));
}

/** Every EIP-712 type string that a contract of the suite has as a constant. */
export function hashTypes(): readonly HashType[] {
  const files = filesLike("contracts/**/*.sol").filter((file) => !file.startsWith("contracts/mocks/"));
  return files.flatMap((file) =>
    [...sourceOf(file).matchAll(/(\w+)\s*=\s*keccak256\(\s*((?:"[^"]*"\s*)+)\)/gu)].map(([, constant, text]) => {
      const type = [...text!.matchAll(/"([^"]*)"/gu)].map(([, part]) => part).join("");
      return {
        name: type.slice(0, type.indexOf("(")),
        constant: constant!,
        type,
        library: basename(file, ".sol"),
        system: basename(dirname(file)),
        file,
      };
    }),
  );
}
