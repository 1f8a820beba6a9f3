import { DocumentError, type DocumentErrorCode } from "./DocumentError.js";
import type { Json } from "./Json.js";

/** Characters that a document may have: the largest of the suite has about 4,000. */
export const MAX_DOCUMENT_LENGTH = 262_144;
/** Objects and lists that may stand in one another. */
export const MAX_DOCUMENT_DEPTH = 32;

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const SPACE = /[ \t\n\r]*/y;
const LONE_SURROGATE = /\p{Surrogate}/u;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/**
 * Reads JSON as RFC 8259 has it, and refuses what JSON.parse lets pass and readers disagree on: a key that stands twice,
 * text that is no Unicode, documents too large or too deep. Objects have no prototype, so that no key has a meaning.
 */
export function parseJson(text: string): Json {
  if (text.length > MAX_DOCUMENT_LENGTH) {
    throw new DocumentError({
      code: "DOCUMENT_TOO_LARGE",
      args: { path: "$", max: MAX_DOCUMENT_LENGTH, actual: text.length },
      what: `The document has ${text.length} characters, and ${MAX_DOCUMENT_LENGTH} are allowed.`,
      advice: "Ask the sender what this is: no document of the suite is that large.",
    });
  }
  let at = 0;

  const fail = (code: DocumentErrorCode, problem: string, path: string): never => {
    const before = text.slice(0, at).split("\n");
    const line = before.length;
    const column = (before.at(-1) ?? "").length + 1;
    throw new DocumentError({
      code,
      args: { path, line, column },
      what: `The text is not a JSON document: ${problem} at line ${line}, column ${column}.`,
      advice: "Ask the sender for the file as it was written.",
    });
  };
  const broken = (problem: string, path: string): never => fail("DOCUMENT_NOT_JSON", problem, path);
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const eat = (token: string): boolean => {
    if (!text.startsWith(token, at)) return false;
    at += token.length;
    return true;
  };
  const string = (path: string): string => {
    const start = at;
    const raw = take(STRING);
    if (raw === undefined) return broken("a string is expected", path);
    const value = JSON.parse(raw) as string;
    if (LONE_SURROGATE.test(value)) {
      at = start;
      return broken("a string holds half a character", path);
    }
    return value;
  };
  const list = (path: string, depth: number): Json[] => {
    const items: Json[] = [];
    take(SPACE);
    if (eat("]")) return items;
    do items.push(value(`${path}[${items.length}]`, depth));
    while (eat(","));
    return eat("]") ? items : broken("a comma or ] is expected", path);
  };
  const object = (path: string, depth: number): Json => {
    const entries = Object.create(null) as Record<string, Json>;
    take(SPACE);
    if (eat("}")) return entries;
    do {
      take(SPACE);
      const start = at;
      const key = string(path);
      const inner = childPath(path, key);
      if (Object.hasOwn(entries, key)) {
        at = start;
        return fail("DOCUMENT_DUPLICATE_KEY", `the key ${JSON.stringify(key)} stands twice`, inner);
      }
      take(SPACE);
      if (!eat(":")) return broken("a colon is expected", inner);
      entries[key] = value(inner, depth);
    } while (eat(","));
    return eat("}") ? entries : broken("a comma or } is expected", path);
  };
  const bare = (path: string, depth: number): Json => {
    if (depth > MAX_DOCUMENT_DEPTH) return broken(`more than ${MAX_DOCUMENT_DEPTH} levels stand in one another`, path);
    if (eat("{")) return object(path, depth + 1);
    if (eat("[")) return list(path, depth + 1);
    if (text[at] === '"') return string(path);
    if (eat("true")) return true;
    if (eat("false")) return false;
    if (eat("null")) return null;
    const number = take(NUMBER);
    return number === undefined ? broken("a value is expected", path) : Number(number);
  };
  const value = (path: string, depth: number): Json => {
    take(SPACE);
    const result = bare(path, depth);
    take(SPACE);
    return result;
  };

  const result = value("$", 1);
  return at === text.length ? result : broken("something follows the document", "$");
}

/** The JSON path of a member. */
export function childPath(path: string, key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
