/** Compares two records of 32 bytes: below 0 if the first is smaller, 0 if they are equal. */
export function compareRecords(a: Uint8Array, atA: number, b: Uint8Array, atB: number): number {
  for (let i = 0; i < 32; ++i) {
    const difference = (a[atA + i] ?? 0) - (b[atB + i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
