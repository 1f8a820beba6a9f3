/** What one program took for one roster. */
export type Measurement = {
  readonly users: number;
  /** From the lines to the file, on this machine with all else that ran on it. */
  readonly seconds: number;
  /** CPU time of the same, all threads. */
  readonly cpuSeconds: number;
  /** The largest resident size of the process that built it. */
  readonly peakMiB: number;
  readonly fileMiB: number;
  /** Proofs of users in random order, one after the other, for each second of CPU time; the library's file is in memory. */
  readonly proofsPerSecond: number;
  readonly root: string;
};

/** Seconds of CPU time that this process has taken. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Proofs that are asked for. */
export const PROOFS = 5_000;

export const MEBIBYTE = 1 << 20;
