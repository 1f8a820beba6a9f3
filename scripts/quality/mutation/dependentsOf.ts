import { globSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";

/** The files under contracts/ whose code can change with `file`: itself, and what imports it, by whatever way. */
export function dependentsOf(root: string, file: string): readonly string[] {
  const imports = new Map(
    globSync("contracts/**/*.sol", { cwd: root }).map((each) => {
      const text = readFileSync(join(root, each), "utf8");
      const paths = [...text.matchAll(/^import [^;]*?"(?<path>\.[^"]+)";/gmu)];
      return [each, paths.map(({ groups }) => posix.join(dirname(each), groups?.path ?? ""))] as const;
    }),
  );
  const found = new Set([file]);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const [each, paths] of imports) if (paths.some((path) => found.has(path))) found.add(each);
  }
  return [...found].toSorted();
}
