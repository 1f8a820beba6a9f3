import { Readable } from "node:stream";

import { type CsvError, parse } from "csv-parse";

import type { FieldRow } from "../../rewards/roster/lines/FieldRow.js";
import { MAX_LINE_LENGTH, splitLines } from "../../rewards/roster/lines/splitLines.js";

type Parsed = { readonly info: { readonly lines: number }; readonly record: readonly string[] };

const ROWS_AT_ONCE = 1_024;

/**
 * Reads the named columns of CSV. The first line names the columns; others are ignored, and so are empty lines. A record that
 * spans lines counts as its last one.
 */
export async function* readCsvFields(
  chunks: AsyncIterable<Uint8Array>,
  names: readonly string[],
): AsyncGenerator<readonly FieldRow[]> {
  let rows: FieldRow[] = [];
  const texts = async function* (): AsyncGenerator<string> {
    for await (const lines of splitLines(chunks)) {
      for (const line of lines) if ("fault" in line) rows.push(line);
      // An empty line in the place of a bad one keeps the numbers of the others.
      const text = lines.map((line) => ("fault" in line ? "\n" : `${line.text}\n`)).join("");
      if (text !== "") yield text;
    }
  };
  const parser = parse({
    info: true,
    max_record_size: 4 * MAX_LINE_LENGTH,
    on_skip: (error: CsvError | undefined) => {
      rows.push({ line: Number(error?.["lines"] ?? 0), fault: `the line is no CSV (${error?.code ?? "unknown"})` });
      return undefined;
    },
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    trim: true,
  });
  const source = Readable.from(texts());
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);

  let columns: readonly number[] | undefined;
  try {
    for await (const { info, record } of parser as AsyncIterable<Parsed>) {
      if (columns === undefined) {
        columns = names.map((name) => record.indexOf(name));
        const lacking = names.filter((name) => record.filter((column) => column === name).length !== 1);
        if (lacking.length > 0) {
          rows.push({ line: info.lines, fault: `the header must name once: ${lacking.join(", ")}` });
          break;
        }
        continue;
      }
      const values = columns.map((column) => record[column]);
      if (values.includes(undefined)) rows.push({ line: info.lines, fault: "the line lacks a column" });
      else rows.push({ line: info.lines, values });
      if (rows.length < ROWS_AT_ONCE) continue;
      yield rows;
      rows = [];
    }
  } finally {
    source.destroy();
  }
  if (columns === undefined) rows.push({ line: 1, fault: `the header is missing: ${names.join(",")}` });
  yield rows;
}
