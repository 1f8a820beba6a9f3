/** The first bytes of a roster's file. */
export const MAGIC = "GHROSTER";
export const VERSION = 1;
export const HEADER_LENGTH = 160;
/** User id (32), answer (1), node (4). */
export const ENTRY_LENGTH = 37;
export const NODE_LENGTH = 32;

/** Where each section of a file begins, and where it ends. */
export type Layout = { readonly entries: number; readonly nodes: number; readonly end: number };

/** The sections of a roster of `count` users. */
export function layoutOf(count: number): Layout {
  const nodes = HEADER_LENGTH + count * ENTRY_LENGTH;
  return { entries: HEADER_LENGTH, nodes, end: nodes + Math.max(0, 2 * count - 1) * NODE_LENGTH };
}
