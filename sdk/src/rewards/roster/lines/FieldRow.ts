/** The fields of a line that were asked for, in that order, or why there are none. */
export type FieldRow =
  { readonly line: number; readonly values: readonly unknown[] } | { readonly line: number; readonly fault: string };
