import type { Example } from "./findExamples.js";

const SCOPE = [
  "codec",
  "contract",
  "directory",
  "ethereum",
  "folder",
  "frost",
  "offer",
  "parties",
  "provider",
  "sale",
  "signer",
  "token",
  "wallet",
] as const;

/** The files of the SDK's further entries. */
const ENTRIES: Readonly<Record<string, string>> = {
  node: "node/index.js",
  "node/certificates": "node/certificates/index.js",
  certificates: "certificates/index.js",
};

/** Makes a module of an example: its imports stay on top, the rest becomes a function of the scope. */
export function writeExample(
  { file, line, code }: Example,
  paths: { readonly sdk: string; readonly scope: string },
): string {
  const statements = code.split("\n");
  const end = statements.findLastIndex((statement) => /^(?:import\b.*|.*\bfrom) "[^"]+";$/.test(statement)) + 1;
  const imports = statements
    .slice(0, end)
    .join("\n")
    .replaceAll(/"@guildhall\/sdk(?:\/([a-z0-9/]+))?"/g, (_, entry?: string) =>
      JSON.stringify(paths.sdk.replace("index.js", entry === undefined ? "index.js" : (ENTRIES[entry] ?? entry))),
    );
  const body = statements.slice(end).join("\n");
  const used = SCOPE.filter(
    (name) => new RegExp(`\\b${name}\\b`).test(body) && !new RegExp(`\\b(?:const|let) ${name}\\b`).test(body),
  );
  return [
    `// ${file}:${line}`,
    /\bimport assert\b/.test(imports) ? "" : 'import assert from "node:assert/strict";',
    `import type { ExampleScope } from "${paths.scope}";`,
    imports,
    `export async function example({ ${used.join(", ")} }: ExampleScope) {`,
    "  await Promise.resolve();",
    body,
    "}",
    "",
  ].join("\n");
}
