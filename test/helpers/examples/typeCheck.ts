import { readFileSync } from "node:fs";
import { join } from "node:path";

import ts from "typescript";

/** The compiler's complaints about modules and what they import, by file, under the options of the repository. */
export function typeCheck(root: string, modules: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => readFileSync(path, "utf8")) as {
    readonly config: { readonly compilerOptions: unknown };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const found = new Map<string, string[]>();
  for (const diagnostic of ts.getPreEmitDiagnostics(ts.createProgram([...modules], options))) {
    const name = diagnostic.file?.fileName ?? "";
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
    found.set(name, [...(found.get(name) ?? []), text]);
  }
  return found;
}
