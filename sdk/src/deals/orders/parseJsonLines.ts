import type { JsonNode } from "./JsonNode.js";
import { OrderError } from "./OrderError.js";

const MAX_DEPTH = 32;
const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/**
 * Reads JSON and keeps for each value the line on which it begins, so that a fault in an order can be found in the file.
 *
 * Errors: {@link OrderError} ORDERS_UNREADABLE.
 */
export function parseJsonLines(text: string): JsonNode {
  let at = 0;
  let line = 1;

  const fail = (problem: string): never => {
    throw new OrderError({
      code: "ORDERS_UNREADABLE",
      args: { line },
      what: `Line ${line} is no JSON: ${problem}.`,
      advice: "Export the orders again; nothing of this file was read.",
    });
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const space = (): void => {
    for (const character of take(SPACE) ?? "") if (character === "\n") line += 1;
  };
  const eat = (token: string): boolean => {
    if (!text.startsWith(token, at)) return false;
    at += token.length;
    return true;
  };
  const string = (): string => {
    const raw = take(STRING);
    return raw === undefined ? fail("a string is expected") : (JSON.parse(raw) as string);
  };
  const list = (begin: number, depth: number): JsonNode => {
    const items: JsonNode[] = [];
    space();
    if (eat("]")) return { kind: "list", line: begin, items };
    do items.push(value(depth));
    while (eat(","));
    return eat("]") ? { kind: "list", line: begin, items } : fail("a comma or ] is expected");
  };
  const object = (begin: number, depth: number): JsonNode => {
    const entries = new Map<string, JsonNode>();
    space();
    if (eat("}")) return { kind: "object", line: begin, entries };
    do {
      space();
      const key = string();
      if (entries.has(key)) return fail(`the key ${JSON.stringify(key)} stands twice`);
      space();
      if (!eat(":")) return fail("a colon is expected");
      entries.set(key, value(depth));
    } while (eat(","));
    return eat("}") ? { kind: "object", line: begin, entries } : fail("a comma or } is expected");
  };
  const bare = (begin: number, depth: number): JsonNode => {
    if (depth > MAX_DEPTH) return fail(`more than ${MAX_DEPTH} levels stand in one another`);
    if (eat("{")) return object(begin, depth + 1);
    if (eat("[")) return list(begin, depth + 1);
    if (text[at] === '"') return { kind: "string", line: begin, text: string() };
    if (eat("true")) return { kind: "boolean", line: begin, value: true };
    if (eat("false")) return { kind: "boolean", line: begin, value: false };
    if (eat("null")) return { kind: "null", line: begin };
    const number = take(NUMBER);
    return number === undefined ? fail("a value is expected") : { kind: "number", line: begin, text: number };
  };
  const value = (depth: number): JsonNode => {
    space();
    const node = bare(line, depth);
    space();
    return node;
  };

  const result = value(1);
  return at === text.length ? result : fail("something follows the end");
}
