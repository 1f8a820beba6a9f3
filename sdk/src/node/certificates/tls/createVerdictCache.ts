import type { CertificateVerdict } from "../../../certificates/state/names.js";
import type { VerdictSource } from "./VerdictSource.js";

/** What a cache of verdicts is made of. Times are milliseconds. */
export type VerdictCacheOptions = {
  /** Reads verdicts from the chain. A hash that is not in the answer stays as it was, and grows old. */
  readonly read: (contentHashes: readonly string[]) => Promise<ReadonlyMap<string, CertificateVerdict>>;
  /** Between two reads. */
  readonly interval: number;
  /** How old a verdict may be: afterwards nothing is known. Counted from the start of its read. */
  readonly maxAge: number;
  /** Certificates that are kept; beyond, the one not asked for longest is dropped. 10,000 by default. */
  readonly maxEntries?: number;
  /** A clock that never goes back; the platform's by default. */
  readonly now?: () => number;
  readonly onError?: (error: unknown) => void;
};

/** Verdicts kept fresh by polling. */
export type VerdictCache = Required<VerdictSource> & {
  /** Reads all verdicts once more, now. */
  readonly refresh: () => Promise<void>;
  /** Ends the polling. What is known grows old. */
  readonly stop: () => void;
};

type Entry = { readonly verdict: CertificateVerdict; readonly at: number; readonly order: number } | undefined;

/**
 * Keeps verdicts of certificates, since TLS in Node has to judge a server at once. A certificate asked for the first time is
 * not known: it is read then, and kept fresh from there on. The timer keeps no process alive.
 *
 * @example
 * import { createVerdictCache } from "@guildhall/sdk/node/certificates";
 * const read = async (hashes: readonly string[]) => Promise.resolve(new Map(hashes.map((hash) => [hash, "VALID"] as const)));
 * const cache = createVerdictCache({ read, interval: 5_000, maxAge: 30_000 });
 * const contentHash = `0x${"11".repeat(32)}`;
 * assert.equal(cache.verify(contentHash), undefined);
 * assert.equal(await cache.ask(contentHash), "VALID");
 * assert.equal(cache.verify(contentHash), "VALID");
 * cache.stop();
 */
export function createVerdictCache({
  read,
  interval,
  maxAge,
  maxEntries = 10_000,
  now = () => performance.now(),
  onError,
}: VerdictCacheOptions): VerdictCache {
  const entries = new Map<string, Entry>();
  const listeners = new Set<() => void>();
  let reads = 0;

  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const load = async (contentHashes: readonly string[]): Promise<void> => {
    if (contentHashes.length === 0) return;
    const at = now();
    const order = (reads += 1);
    try {
      const verdicts = await read(contentHashes);
      for (const contentHash of contentHashes) {
        const verdict = verdicts.get(contentHash);
        const before = entries.get(contentHash);
        // A slow read that began earlier does not undo what a later one found.
        const isNewer = before === undefined || order > before.order;
        if (verdict !== undefined && isNewer && entries.has(contentHash)) {
          entries.set(contentHash, { verdict, at, order });
        }
      }
    } catch (error) {
      onError?.(error);
    }
    tell();
  };
  const freshOf = (contentHash: string): CertificateVerdict | undefined => {
    const entry = entries.get(contentHash);
    return entry !== undefined && now() - entry.at <= maxAge ? entry.verdict : undefined;
  };
  const touch = (contentHash: string): boolean => {
    const isKnown = entries.has(contentHash);
    const entry = entries.get(contentHash);
    entries.delete(contentHash);
    entries.set(contentHash, entry);
    const [oldest] = entries.keys();
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
    return isKnown;
  };
  const timer = setInterval(() => {
    // Before the read as well: where reads hang, what is known still grows old.
    tell();
    void load([...entries.keys()]);
  }, interval);
  timer.unref();

  return {
    verify: (contentHash) => {
      if (!touch(contentHash)) void load([contentHash]);
      return freshOf(contentHash);
    },
    ask: async (contentHash) => {
      touch(contentHash);
      if (freshOf(contentHash) === undefined) await load([contentHash]);
      return freshOf(contentHash);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    refresh: async () => load([...entries.keys()]),
    stop: () => {
      clearInterval(timer);
    },
  };
}
