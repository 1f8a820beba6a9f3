/** The order of records of 32 bytes, compared byte by byte; equal ones stay in the order in which they stand. */
export function sortRecords(records: Uint8Array, count: number): Uint32Array {
  const view = new DataView(records.buffer, records.byteOffset, count * 32);
  const order = new Uint32Array(count);
  for (let i = 0; i < count; ++i) order[i] = i;
  return order.sort((a, b) => {
    for (let word = 0; word < 32; word += 4) {
      const difference = view.getUint32(a * 32 + word) - view.getUint32(b * 32 + word);
      if (difference !== 0) return difference;
    }
    return a - b;
  });
}
