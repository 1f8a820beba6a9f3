import { getBytes, isHexString, keccak256, toUtf8Bytes } from "ethers";

import { FrostError } from "./FrostError.js";
import { FrostShare } from "./FrostShare.js";
import { readFields } from "./internal/readFields.js";
import { parseFrostGroup } from "./parseFrostGroup.js";

/**
 * Reads a share that {@link serializeFrostShare} wrote.
 *
 * @throws `FROST_FORMAT`, `FROST_SHARE_MISMATCH`; no error repeats what was read, since that is secret
 * @example
 * import { parseFrostShare } from "@guildhall/sdk";
 * assert.throws(() => parseFrostShare("{}"), { code: "FROST_FORMAT" });
 */
export function parseFrostShare(json: string): FrostShare {
  const fields = readFields(json);
  if (fields["format"] !== "guildhall-frost-share") throw unreadable("it is no FROST share");
  const { checksum, ...content } = fields;
  if (content["version"] !== 1) throw unreadable(`version ${String(content["version"])} is not 1`);
  if (checksum !== keccak256(toUtf8Bytes(JSON.stringify(content)))) throw unreadable("the checksum is wrong");
  const { member, secret } = content;
  if (typeof member !== "string" || !isHexString(secret, 32)) throw unreadable("a field is missing");
  const bytes = getBytes(secret);
  try {
    return new FrostShare(member, parseFrostGroup(content["group"]), bytes);
  } finally {
    bytes.fill(0);
  }
}

function unreadable(reason: string): FrostError {
  return new FrostError("FROST_FORMAT", { document: "FROST share", reason });
}
