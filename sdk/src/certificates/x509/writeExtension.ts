import { tags } from "./der/DerNode.js";
import { writeDer } from "./der/writeDer.js";
import { writeOid } from "./der/writeOid.js";

/** Encodes an extension around its value. */
export function writeExtension(oid: string, value: Uint8Array, critical = false): Uint8Array {
  const flag = critical ? [writeDer(tags.boolean, Uint8Array.of(0xff))] : [];
  return writeDer(tags.sequence, writeOid(oid), ...flag, writeDer(tags.octetString, value));
}
