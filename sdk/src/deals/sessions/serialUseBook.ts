import { parseJson } from "../../core/documents/parseJson.js";
import { isJsonObject } from "../../core/documents/Json.js";
import { wrongType } from "../../core/documents/schema/faults.js";
import { bytes32 } from "../../core/documents/schema/index.js";
import type { Hex } from "../../core/documents/Hex.js";
import type { UseBook, UseClaim, UseVerdict } from "./UseBook.js";

/** Keeps a text: a file, a row, a variable. */
export type TextStore = {
  load(): Promise<string | undefined>;
  /** Must be durable before it answers. */
  save(text: string): Promise<void>;
};

/** Deal ids by referral id, by offer id. */
type Entries = Map<Hex, Map<Hex, Hex>>;

function read(text: string | undefined): Entries {
  if (text === undefined) return new Map();
  const value = parseJson(text);
  if (!isJsonObject(value)) return wrongType("$", "an object", value);
  return new Map(
    Object.entries(value).map(([offerId, uses]) => {
      if (!isJsonObject(uses)) return wrongType(`$["${offerId}"]`, "an object", uses);
      const entries = Object.entries(uses).map(([referralId, dealId]): [Hex, Hex] => [
        referralId,
        bytes32().parse(dealId, `$["${offerId}"]["${referralId}"]`),
      ]);
      return [offerId, new Map(entries)];
    }),
  );
}

function write(entries: Entries): string {
  return JSON.stringify(Object.fromEntries([...entries].map(([offerId, uses]) => [offerId, Object.fromEntries(uses)])));
}

function decide(entries: Entries, { offerId, maxUses, referralId, dealId, onChain }: UseClaim): UseVerdict {
  const uses = entries.get(offerId) ?? new Map<Hex, Hex>();
  const signed = uses.get(referralId);
  if (signed !== undefined && signed !== dealId) return { granted: false, reason: "SIGNED", dealId: signed };
  const taken = new Set([...uses.keys(), ...onChain]);
  if (!taken.has(referralId) && taken.size >= maxUses) {
    return { granted: false, reason: "EXHAUSTED", taken: taken.size };
  }
  uses.set(referralId, dealId);
  entries.set(offerId, uses);
  return { granted: true };
}

/**
 * A use book for a merchant with one process: claims wait for each other, and each is saved before it is granted.
 *
 * @param store Where the book is kept; in memory by default, which forgets at the end of the process
 *
 * @example
 * import { serialUseBook } from "@guildhall/sdk";
 * const book = serialUseBook();
 * const use = { offerId: `0x${"11".repeat(32)}`, maxUses: 1, referralId: `0x${"22".repeat(32)}`, onChain: [] };
 * assert.deepEqual(await book.claim({ ...use, dealId: `0x${"33".repeat(32)}` }), { granted: true });
 * const other = await book.claim({ ...use, dealId: `0x${"44".repeat(32)}` });
 * assert.equal(other.granted, false);
 */
export function serialUseBook(store: TextStore = memory()): UseBook {
  let last: Promise<unknown> = Promise.resolve();
  return {
    claim(use) {
      const turn = last.then(async () => {
        const entries = read(await store.load());
        const verdict = decide(entries, use);
        if (verdict.granted) await store.save(write(entries));
        return verdict;
      });
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

function memory(): TextStore {
  let text: string | undefined;
  return {
    load: () => Promise.resolve(text),
    save: (next) => {
      text = next;
      return Promise.resolve();
    },
  };
}
