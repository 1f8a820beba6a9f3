import { stat } from "node:fs/promises";

import { id } from "ethers";

import { buildRootRoster, openRoster } from "../../sdk/src/index.js";
import { openFileSource, readRosterRows, writeFileWhole } from "../../sdk/src/node/index.js";
import { cpuSeconds, MEBIBYTE, type Measurement, PROOFS } from "./Measurement.js";

/** Builds a roster's file out of lines, then reads proofs from it. */
export async function measureOurs(users: number, lines: string, file: string, poolId: string): Promise<Measurement> {
  const [start, cpuStart] = [performance.now(), cpuSeconds()];
  const { root } = await writeFileWhole(file, (sink) =>
    buildRootRoster({ poolId, cycle: 0, rows: readRosterRows(lines), sink }),
  );
  const [seconds, cpu] = [(performance.now() - start) / 1_000, cpuSeconds() - cpuStart];
  const peakMiB = process.resourceUsage().maxRSS / 1_024;

  const source = await openFileSource(file);
  const roster = await openRoster(source);
  const step = Math.floor(users / PROOFS) || 1;
  const cpuBefore = cpuSeconds();
  for (let i = 0; i < PROOFS; ++i) await roster.proofOf(id(`user ${(i * step) % users}`));
  const proofsPerSecond = PROOFS / (cpuSeconds() - cpuBefore);
  await source.close();
  return {
    users,
    seconds,
    cpuSeconds: cpu,
    peakMiB,
    fileMiB: (await stat(file)).size / MEBIBYTE,
    proofsPerSecond,
    root,
  };
}
