import { numbersIn } from "./numbersIn.js";
import type { Invariant } from "./readInvariants.js";

/** The files that a citation may mean: the whole path, or its end. */
function filesCited(citation: string, files: readonly string[]): readonly string[] {
  return files.filter((file) => file === citation || file.endsWith(`/${citation}`));
}

/**
 * What the page says that the tests do not show, and the other way round, one sentence each.
 *
 * @param tests The source of each test file, by its path relative to `test/`
 */
export function compareInvariants(
  invariants: readonly Invariant[],
  tests: Readonly<Record<string, string>>,
): readonly string[] {
  const numbers = invariants.map(({ number }) => number);
  const letters = [...new Set(numbers.map((number) => number.charAt(0)))].join("");
  const named = new Map(Object.entries(tests).map(([file, source]) => [file, numbersIn(source, letters)] as const));
  const rows = invariants.flatMap(({ number, files }, i) => [
    ...(numbers.indexOf(number) === i ? [] : [`${number}: numbered twice`]),
    ...(files.length === 0 ? [`${number}: cites no test file`] : []),
    ...files.flatMap((citation) => {
      const cited = filesCited(citation, [...named.keys()]);
      if (cited.length === 0) return [`${number}: there is no test/**/${citation}`];
      if (cited.length > 1) return [`${number}: ${citation} may be any of ${cited.join(", ")}`];
      return cited
        .filter((file) => named.get(file)?.has(number) !== true)
        .map((file) => `${number}: test/${file} does not name it`);
    }),
  ]);
  const unknown = [...named].flatMap(([file, found]) =>
    [...found]
      .filter((number) => !numbers.includes(number))
      .map((number) => `test/${file}: names ${number}, which has no row`),
  );
  return [...rows, ...unknown];
}
