import type { Canary } from "../../quality/canaries/Canary.js";

/** The npm scripts that a canary shows a fault. */
function scriptsOf({ gate, of }: Pick<Canary, "gate" | "of">): readonly string[] {
  const [program, verb, ...rest] = gate.at(-1) ?? [];
  const named = program === "npm" && verb === "run" ? rest.find((word) => !word.startsWith("-")) : undefined;
  return [...(of ?? []), ...(named === undefined ? [] : [named])];
}

/**
 * The gates that no canary shows a fault, one sentence each; so is an exception that is none any more.
 *
 * @param gates npm scripts that must be able to fail
 * @param exceptions Those that need no canary, each with its reason
 */
export function findUncovered(
  gates: readonly string[],
  canaries: readonly Pick<Canary, "name" | "gate" | "of">[],
  exceptions: Readonly<Record<string, string>>,
): readonly string[] {
  const covered = new Set(canaries.flatMap(scriptsOf));
  const names = canaries.map(({ name }) => name);
  return [
    ...[...new Set(gates)]
      .filter((gate) => !covered.has(gate) && exceptions[gate] === undefined)
      .map((gate) => `${gate}: no canary shows it a fault`),
    ...Object.keys(exceptions)
      .filter((gate) => covered.has(gate) || !gates.includes(gate))
      .map((gate) => `${gate}: needs no exception`),
    ...canaries
      .filter(({ gate, of }) => scriptsOf({ gate, ...(of === undefined ? {} : { of }) }).length === 0)
      .map(({ name }) => `canary "${name}": says no npm script whose gate it is; name it in \`of\``),
    ...names.filter((name, i) => names.indexOf(name) !== i).map((name) => `canary "${name}": stands twice`),
  ];
}
