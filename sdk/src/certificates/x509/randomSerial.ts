/**
 * A serial number of 16 random bytes, as authorities have to choose them: nobody can foretell it.
 *
 * @example
 * import { randomSerial } from "@guildhall/sdk/certificates";
 * assert.ok(randomSerial() > 0n);
 */
export function randomSerial(): bigint {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) || 1n;
}
