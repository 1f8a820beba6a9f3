import { dataLength, getBytes } from "ethers";

import { FrostError } from "../FrostError.js";

/** The 32 bytes of a digest; a FROST approval signs nothing else. */
export function digestBytes(digest: string): Uint8Array {
  const actual = dataLength(digest);
  if (actual !== 32) throw new FrostError("FROST_LENGTH", { document: "digest", expected: 32, actual });
  return getBytes(digest);
}
