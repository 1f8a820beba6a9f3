import { keccak256, toUtf8Bytes } from "ethers";

import { canonicalJson } from "./canonicalJson.js";
import type { JsonObject } from "./Json.js";

/** The checksum of a document: keccak256 over its canonical JSON without the checksum itself. */
export function checksumOf(envelope: JsonObject): string {
  const rest = Object.fromEntries(Object.entries(envelope).filter(([key]) => key !== "checksum"));
  return keccak256(toUtf8Bytes(canonicalJson(rest)));
}
