import type { TypedDataField } from "ethers";

import type { Typed } from "./Slot.js";

type Message = Typed["message"];

/** The same document with one term changed, for each term of it: fields of nested structs too, and lists in every way. */
export function changedTerms({ types, primaryType, message, ...rest }: Typed): readonly (readonly [string, Typed])[] {
  return changes(types, primaryType, message).map(([name, changed]) => [
    name,
    { ...rest, types, primaryType, message: changed },
  ]);
}

function changes(types: Typed["types"], type: string, message: Message): readonly (readonly [string, Message])[] {
  return types[type]!.flatMap(({ name, type: of }: TypedDataField) => {
    const value = message[name];
    if (of in types) {
      return changes(types, of, value as Message).map(
        ([inner, changed]) => [`${name}.${inner}`, { ...message, [name]: changed }] as const,
      );
    }
    if (of.endsWith("[]") && of.slice(0, -2) in types) {
      return changedLists(types, of.slice(0, -2), value as readonly Message[]).map(
        ([inner, changed]) => [`${name}${inner}`, { ...message, [name]: changed }] as const,
      );
    }
    return [[name, { ...message, [name]: another(of, value) }] as const];
  });
}

/** A list of structs with one term of one of them changed, with one more of them, one less, and in another order. */
function changedLists(
  types: Typed["types"],
  type: string,
  list: readonly Message[],
): readonly (readonly [string, readonly Message[]])[] {
  return [
    ...list.flatMap((element, i) =>
      changes(types, type, element).map(
        ([inner, changed]) => [`[${i}].${inner}`, list.map((each, j) => (i === j ? changed : each))] as const,
      ),
    ),
    [", one more", [...list, list[0]!]],
    [", one less", list.slice(1)],
    [", the other way round", [...list].reverse()],
  ];
}

/** A value of the type that is not this one. */
function another(type: string, value: unknown): unknown {
  if (type.endsWith("[]")) return [...(value as readonly unknown[]), `0x${"c0".repeat(20)}`];
  if (type === "bool") return value !== true;
  if (type === "string") return `${String(value)}!`;
  if (type === "address") return `0x${"c0".repeat(20)}`;
  if (type.startsWith("bytes")) return `0x${(BigInt(value as string) ^ 1n).toString(16).padStart(64, "0")}`;
  return BigInt(value as bigint | number) ^ 1n;
}
