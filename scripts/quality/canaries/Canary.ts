/** A fault, and the gate that must notice it. */
export type Canary = {
  readonly name: string;
  /** The commands of the gate, each with its arguments; the last one must fail. */
  readonly gate: readonly (readonly [program: string, ...options: string[]])[];
  /** The npm scripts whose gate it is, where the last command does not name one. */
  readonly of?: readonly string[];
  /** What the failing command must say, so that it is this fault it fails for. */
  readonly says: RegExp;
  /** Plants the fault in a copy of the tree. */
  readonly plant: (tree: Tree) => void;
  /** A program without which the gate is skipped. */
  readonly needs?: string;
};

/** A copy of the tree, whose changes are undone after each canary. */
export type Tree = {
  readonly path: string;
  readonly write: (file: string, text: string) => void;
  /** Replaces a text that must be there. */
  readonly replace: (file: string, from: string | RegExp, to: string) => void;
};
