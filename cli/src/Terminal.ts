/** Where a command writes. */
export type Terminal = {
  /** Results. */
  readonly out: (text: string) => void;
  /** Everything else. */
  readonly err: (text: string) => void;
  /** Whether somebody watches what goes to `err`. */
  readonly isWatched: boolean;
  /** Asks for a secret without showing it; undefined where nobody can be asked. */
  readonly askSecret?: ((question: string) => Promise<string>) | undefined;
};
