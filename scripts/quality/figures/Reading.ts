/** In order: what a promise has come to. */
export const STATES = ["not yet", "partly", "reached"] as const;
export type State = (typeof STATES)[number];

/** What the last run of a promise's commands showed, in words, and how far that goes. */
export type Reading = { readonly state: State; readonly figure: string };

/** Reads what a command wrote, by its name; undefined when it never ran. */
export type ReadFigures = (name: string) => unknown;

/** Reads a source of the tree; undefined where it is gone. */
export type ReadSource = (file: string) => string | undefined;
