import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

export type Code = { readonly bytecode: string; readonly deployedBytecode: string };
type Objects = {
  readonly bytecode: { readonly object: string };
  readonly deployedBytecode: { readonly object: string };
};
type Output = {
  readonly errors?: readonly { readonly severity: string; readonly formattedMessage: string }[];
  readonly contracts?: Readonly<Record<string, Readonly<Record<string, { readonly evm: Objects }>>>>;
};
type Solc = {
  readonly compile: (
    input: string,
    callbacks: { readonly import: (path: string) => { contents: string } | { error: string } },
  ) => string;
};

const solc = createRequire(import.meta.url)("solc") as Solc;

/**
 * The byte code of each contract that is declared in `files`, by `file:name`, from the tree at `root` with `changed` in
 * place of the files it names; undefined when that does not compile. Without the optimizer a contract takes a third of a
 * second, and what it does is the same. With it, two sources with the same code are the same program.
 */
export function compileContracts(
  root: string,
  files: readonly string[],
  changed: Readonly<Record<string, string>>,
  { optimized = false }: { readonly optimized?: boolean } = {},
): ReadonlyMap<string, Code> | undefined {
  const read = (path: string): { contents: string } | { error: string } => {
    const text = changed[path];
    if (text !== undefined) return { contents: text };
    const place = [join(root, path), join(root, "node_modules", path)].find((each) => existsSync(each));
    return place === undefined ? { error: `There is no ${path}.` } : { contents: readFileSync(place, "utf8") };
  };
  const content = (file: string): string => changed[file] ?? readFileSync(join(root, file), "utf8");
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(files.map((file) => [file, { content: content(file) }])),
    settings: {
      viaIR: optimized,
      evmVersion: "osaka",
      optimizer: { enabled: optimized, runs: 200 },
      metadata: { bytecodeHash: "none" },
      outputSelection: Object.fromEntries(
        files.map((file) => [file, { "*": ["evm.bytecode.object", "evm.deployedBytecode.object"] }]),
      ),
    },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: read })) as Output;
  if (output.errors?.some(({ severity }) => severity === "error") === true) return undefined;
  return new Map(
    files.flatMap((file) =>
      Object.entries(output.contracts?.[file] ?? {}).flatMap(([name, { evm }]) =>
        evm.bytecode.object === ""
          ? []
          : [
              [
                `${file}:${name}`,
                {
                  bytecode: `0x${evm.bytecode.object}`,
                  deployedBytecode: `0x${evm.deployedBytecode.object}`,
                },
              ] as const,
            ],
      ),
    ),
  );
}
