/** The length of 32 bytes in hex, with 0x in front. */
const LENGTH = 66;

/** Writes 32 bytes given in hex; says false, and may have written some, where it is not that. */
export function writeHex(hex: unknown, bytes: Uint8Array, at: number): hex is string {
  if (typeof hex !== "string" || hex.length !== LENGTH || !hex.startsWith("0x")) return false;
  for (let i = 0; i < 32; ++i) {
    const high = digitOf(hex.charCodeAt(2 * i + 2));
    const low = digitOf(hex.charCodeAt(2 * i + 3));
    if (high < 0 || low < 0) return false;
    bytes[at + i] = high * 16 + low;
  }
  return true;
}

function digitOf(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  return code >= 65 && code <= 70 ? code - 55 : -1;
}
