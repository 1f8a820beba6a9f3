/** The number that an integer's contents hold, with its sign. */
export function readInteger(body: Uint8Array): bigint {
  let value = 0n;
  for (const byte of body) value = (value << 8n) | BigInt(byte);
  return BigInt.asIntN(body.length * 8, value);
}
