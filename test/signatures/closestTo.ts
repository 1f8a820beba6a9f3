import { digestOf } from "./digestOf.js";
import type { Typed } from "./Slot.js";

type Message = Typed["message"];

/** Every field of the message, those of the structs that it nests too, as `type name`. */
function fieldsIn(typed: Typed, type: string, message: Message): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const field of typed.types[type] ?? []) {
    const value = message[field.name];
    if (field.type in typed.types) fieldsIn(typed, field.type, value as Message).forEach((v, k) => found.set(k, v));
    found.set(`${field.type} ${field.name}`, value);
  }
  return found;
}

function filled(example: Typed, type: string, message: Message, from: ReadonlyMap<string, unknown>): Message {
  return Object.fromEntries(
    (example.types[type] ?? []).map((field) => {
      const own = message[field.name];
      const key = `${field.type} ${field.name}`;
      if (from.has(key)) return [field.name, from.get(key)];
      return [field.name, field.type in example.types ? filled(example, field.type, own as Message, from) : own];
    }),
  );
}

/**
 * The document of another type that comes closest to what is asked: in the same domain, and with the value of every field
 * that both have. Where the types have the same fields, they differ in nothing but the type's name.
 */
export function closestTo(asked: Typed, example: Typed, account: string): Typed {
  const from = fieldsIn(asked, asked.primaryType, asked.message);
  const message =
    example.primaryType === "MemberApproval"
      ? { member: account, digest: digestOf(asked) }
      : filled(example, example.primaryType, example.message, from);
  return { ...example, domain: asked.domain, message };
}
