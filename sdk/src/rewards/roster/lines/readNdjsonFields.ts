import { parseJson } from "../../../core/documents/parseJson.js";
import { GuildhallError } from "../../../core/errors/GuildhallError.js";
import type { FieldRow } from "./FieldRow.js";
import { splitLines, type TextLine } from "./splitLines.js";

/** Reads the named keys of NDJSON, an object a line. Other keys are ignored, and so are empty lines. */
export async function* readNdjsonFields(
  chunks: AsyncIterable<Uint8Array>,
  names: readonly string[],
): AsyncGenerator<readonly FieldRow[]> {
  for await (const lines of splitLines(chunks)) {
    yield lines.filter((line) => "fault" in line || line.text.trim() !== "").map((line) => toFields(line, names));
  }
}

function toFields(line: TextLine, names: readonly string[]): FieldRow {
  if ("fault" in line) return line;
  try {
    const value = parseJson(line.text);
    if (typeof value !== "object" || value === null || names.some((name) => !Object.hasOwn(value, name))) {
      return { line: line.line, fault: `the line is no object with ${names.join(" and ")}` };
    }
    const fields = value as Readonly<Record<string, unknown>>;
    return { line: line.line, values: names.map((name) => fields[name]) };
  } catch (error) {
    if (!(error instanceof GuildhallError)) throw error;
    return { line: line.line, fault: "the line is no JSON, or has a key twice" };
  }
}
