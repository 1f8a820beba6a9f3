/** A line of a list of users, as it was read, or why it cannot be. */
export type RosterRow =
  | { readonly line: number; readonly userId: unknown; readonly eligible: unknown }
  | { readonly line: number; readonly fault: string };

/** Lines of a list of users, some at a time. */
export type RosterRows = AsyncIterable<readonly RosterRow[]>;
