import { formatTable } from "../../report/formatTable.js";
import type { CertificateEntry } from "./CertificateEntry.js";

/** The table of entries. */
export function formatEntries(title: string, entries: readonly CertificateEntry[]): string {
  const rows = entries.map(({ what, actual, expected }) => [
    what,
    actual,
    actual === expected ? "=" : "differs",
    expected,
  ]);
  return formatTable([[title, "actual", "", "expected"], ...rows]);
}
