/** The first bytes of a bitmap's file. */
export const BITMAP_MAGIC = "GHBITMAP";
export const BITMAP_VERSION = 1;
export const BITMAP_HEADER_LENGTH = 96;
