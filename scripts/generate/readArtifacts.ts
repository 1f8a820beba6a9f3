import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** One input or output of an ABI item. */
export type JsonAbiParameter = {
  readonly name: string;
  readonly type: string;
  readonly internalType?: string;
  readonly indexed?: boolean;
  readonly components?: readonly JsonAbiParameter[];
};

/** One item of an ABI. */
export type JsonAbiItem = {
  readonly type: string;
  readonly name?: string;
  readonly inputs?: readonly JsonAbiParameter[];
  readonly outputs?: readonly JsonAbiParameter[];
  readonly stateMutability?: string;
  readonly anonymous?: boolean;
};

/** What the generators read of a compiled contract. */
export type Artifact = {
  readonly contractName: string;
  readonly sourceName: string;
  readonly abi: readonly JsonAbiItem[];
  readonly bytecode: string;
  readonly buildInfoId?: string;
  readonly inputSourceName?: string;
};

function walk(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return walk(path);
      return entry.name.endsWith(".json") ? [path] : [];
    });
}

/** All contracts, interfaces and libraries of the suite itself: mocks are left out. Ordered by path. */
export function readArtifacts(root: string): Artifact[] {
  const folder = join(root, "artifacts/contracts");
  if (!existsSync(folder)) return [];
  return walk(folder)
    .map((path) => JSON.parse(readFileSync(path, "utf8")) as Artifact)
    .filter((artifact) => Array.isArray(artifact.abi) && !artifact.sourceName.startsWith("contracts/mocks/"))
    .filter((artifact) => !artifact.sourceName.endsWith(".t.sol"));
}
