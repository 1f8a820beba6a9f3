import type { RosterSource } from "../RosterStore.js";

const PAGE_LENGTH = 4_096;
/** Pages kept: 8 MiB. */
const MAX_PAGES = 2_048;

/** Reads through a bounded memory of pages, those used last kept. */
export function pagedSource(source: RosterSource, maxPages = MAX_PAGES): RosterSource {
  const pages = new Map<number, Promise<Uint8Array>>();

  const pageOf = (number: number): Promise<Uint8Array> => {
    const known = pages.get(number);
    const start = number * PAGE_LENGTH;
    const page = known ?? source.read(start, Math.min(PAGE_LENGTH, source.size - start));
    pages.delete(number);
    pages.set(number, page);
    if (known === undefined) {
      const [oldest] = pages.keys();
      if (pages.size > maxPages && oldest !== undefined) pages.delete(oldest);
      // A read that failed may succeed when it is tried again.
      page.catch(() => pages.delete(number));
    }
    return page;
  };

  return {
    size: source.size,
    read: async (offset, length) => {
      const bytes = new Uint8Array(length);
      let done = 0;
      while (done < length) {
        const at = offset + done;
        const start = at % PAGE_LENGTH;
        const page = await pageOf((at - start) / PAGE_LENGTH);
        const piece = page.subarray(start, start + length - done);
        bytes.set(piece, done);
        done += piece.length;
      }
      return bytes;
    },
  };
}
