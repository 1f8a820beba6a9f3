/** How a list of users is written. */
export type LineFormat = "csv" | "ndjson";

/** The format that a path's end names; CSV unless it says NDJSON. */
export function formatOf(path: string): LineFormat {
  return /\.(?:ndjson|jsonl)$/i.test(path) ? "ndjson" : "csv";
}
