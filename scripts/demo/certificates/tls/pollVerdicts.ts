import type { CertificateVerdict, Guildhall } from "../../../../sdk/src/index.js";
import { createVerdictCache, type VerdictCache } from "../../../../sdk/src/node/certificates/index.js";

/** Milliseconds between two polls, and how long an answer counts where none follows. */
const INTERVAL = 250;
const MAX_AGE = 20_000;

/** Verdicts of the ledger, kept fresh by polling. */
export type PolledVerdicts = VerdictCache & {
  readonly onUnavailable: "closed";
  /** How many polls have begun. */
  readonly begun: () => number;
  /** The last poll that has ended. */
  readonly ended: () => number;
  /** Waits until a poll that begins from now on has ended, and all were told. */
  readonly next: () => Promise<void>;
};

/** Asks the ledger again and again about the certificates that are met. */
export function pollVerdicts({ certificates }: Guildhall, committeeId: string): PolledVerdicts {
  let begun = 0;
  let ended = 0;
  const cache = createVerdictCache({
    read: async (hashes) => {
      const poll = ++begun;
      const found = await certificates.verifyMany(committeeId, hashes);
      ended = Math.max(ended, poll);
      return new Map<string, CertificateVerdict>(
        found.flatMap(({ verdict }, place) => {
          const hash = hashes[place];
          return hash === undefined ? [] : [[hash, verdict] as const];
        }),
      );
    },
    interval: INTERVAL,
    maxAge: MAX_AGE,
  });
  const next = (): Promise<void> => {
    const heard = begun;
    return new Promise((resolve) => {
      const end = cache.subscribe(() => {
        if (ended <= heard) return;
        end();
        resolve();
      });
    });
  };
  return { ...cache, onUnavailable: "closed", begun: () => begun, ended: () => ended, next };
}
