import { hexlify } from "ethers";

/** SubjectPublicKeyInfo of an uncompressed P-256 key, up to its coordinates (RFC 5480). */
const PREFIX = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";

/** The coordinates of a P-256 key by its SubjectPublicKeyInfo; undefined for another key. */
export function readP256Key(spki: Uint8Array): { readonly x: string; readonly y: string } | undefined {
  const hex = hexlify(spki).slice(2);
  if (spki.length !== 91 || !hex.startsWith(PREFIX)) return undefined;
  const point = hex.slice(PREFIX.length);
  return { x: `0x${point.slice(0, 64)}`, y: `0x${point.slice(64)}` };
}
