/** What a table expects of one state, one operation and one caller: the next state, or an error. */
export type Cell = {
  readonly state: string;
  readonly operation: string;
  readonly caller: string;
  /** Undefined where the table says nothing: a test of the cell must then fail. */
  readonly expected: string | undefined;
};

/** What the table's lines may name. */
export type Axes = {
  readonly states: readonly string[];
  readonly operations: readonly string[];
};

/** A matrix read from its table. */
export type Matrix = {
  /** Every cell there is by the axes and the callers, whether or not the table has it. */
  readonly cells: readonly Cell[];
  /** Lines that name no state there is or no operation, and cells that stand twice. */
  readonly strays: readonly string[];
};

/**
 * Reads a table in words. Its first line is `state | operation | <caller> | …`, and each further one says what comes of an
 * operation in a state, for each caller. Where a state's name has parts, with commas between them, a line may stand for several:
 * `a/b` for either part, `*` for any. The cells are those of the axes, not of the table: what it leaves out is found.
 */
export function readMatrix(table: string, { states, operations }: Axes): Matrix {
  const [head, ...lines] = table
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => line.split("|").map((word) => word.trim()));
  const callers = head?.slice(2) ?? [];
  const expectations = new Map<string, readonly string[]>();
  const strays: string[] = [];
  for (const [state = "", operation = "", ...expected] of lines) {
    const keys = states.filter((each) => isNamed(state, each)).map((each) => `${each} | ${operation}`);
    if (keys.length === 0 || !operations.includes(operation)) strays.push(`${state} | ${operation}`);
    for (const key of keys) {
      if (expectations.has(key)) strays.push(key);
      expectations.set(key, expected);
    }
  }
  const cells = states.flatMap((state) =>
    operations.flatMap((operation) =>
      callers.map((caller, i) => {
        const expected = expectations.get(`${state} | ${operation}`)?.[i];
        return { state, operation, caller, expected: expected === "" ? undefined : expected };
      }),
    ),
  );
  return { cells, strays };
}

/** Whether a line's first word stands for the state. */
function isNamed(pattern: string, state: string): boolean {
  const [patterns, parts] = [pattern.split(", "), state.split(", ")];
  return (
    patterns.length === parts.length &&
    parts.every((part, i) => patterns[i] === "*" || patterns[i]!.split("/").includes(part))
  );
}
