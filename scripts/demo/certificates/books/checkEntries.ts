import type { CertificateEntry } from "./CertificateEntry.js";

/** Which entries are wrong; empty where none is. */
export function checkEntries(entries: readonly CertificateEntry[]): readonly string[] {
  return entries
    .filter(({ actual, expected }) => actual !== expected)
    .map(({ what, actual, expected }) => `${what}: ${actual} where ${expected} is expected.`);
}
