import { Result, type ParamType } from "ethers";

function plainValue(type: ParamType, value: unknown): unknown {
  if (type.arrayChildren !== null) {
    const child = type.arrayChildren;
    return value instanceof Result ? [...value].map((element: unknown) => plainValue(child, element)) : value;
  }
  if (type.components !== null) return value instanceof Result ? toPlain(type.components, value) : value;
  return value;
}

/** Turns what ethers decoded into plain objects and arrays, named as in the ABI. */
export function toPlain(types: readonly ParamType[], values: Result): Readonly<Record<string, unknown>> {
  return Object.fromEntries(types.map((type, index) => [type.name || `arg${index}`, plainValue(type, values[index])]));
}
