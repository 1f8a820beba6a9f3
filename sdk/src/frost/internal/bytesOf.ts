import { getBytes } from "ethers";

/** Bytes in a buffer of their own, as WebCrypto's and the curve library's types demand. */
export function bytesOf(data: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(getBytes(data));
}
