import { createReadStream } from "node:fs";
import { stat, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";

import { StandardMerkleTree } from "@openzeppelin/merkle-tree";

import { cpuSeconds, MEBIBYTE, type Measurement, PROOFS } from "./Measurement.js";

type Leaf = [poolId: string, cycle: number, userId: string, eligible: boolean];

/** The same with @openzeppelin/merkle-tree: reads the lines, builds the tree, writes its dump, then asks for proofs. */
export async function measureLibrary(users: number, lines: string, file: string, poolId: string): Promise<Measurement> {
  const [start, cpuStart] = [performance.now(), cpuSeconds()];
  const values: Leaf[] = [];
  for await (const line of createInterface({ input: createReadStream(lines) })) {
    const [userId = "", eligible] = line.split(",");
    if (userId !== "userId") values.push([poolId, 0, userId, eligible === "true"]);
  }
  const tree = StandardMerkleTree.of(values, ["bytes32", "uint32", "bytes32", "bool"]);
  await writeFile(file, JSON.stringify(tree.dump()));
  const [seconds, cpu] = [(performance.now() - start) / 1_000, cpuSeconds() - cpuStart];
  const peakMiB = process.resourceUsage().maxRSS / 1_024;

  const step = Math.floor(users / PROOFS) || 1;
  const cpuBefore = cpuSeconds();
  for (let i = 0; i < PROOFS; ++i) tree.getProof((i * step) % users);
  const proofsPerSecond = PROOFS / (cpuSeconds() - cpuBefore);
  const fileMiB = (await stat(file)).size / MEBIBYTE;
  return { users, seconds, cpuSeconds: cpu, peakMiB, fileMiB, proofsPerSecond, root: tree.root };
}
