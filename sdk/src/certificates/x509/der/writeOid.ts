import { tags } from "./DerNode.js";
import { writeDer } from "./writeDer.js";

/** Encodes an object identifier from its dotted form. */
export function writeOid(oid: string): Uint8Array<ArrayBuffer> {
  const [root = 0, second = 0, ...rest] = oid.split(".").map(Number);
  const bytes = [root * 40 + second, ...rest].flatMap((arc) => {
    const groups = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      groups.unshift(0x80 | (left & 0x7f));
    }
    return groups;
  });
  return writeDer(tags.oid, Uint8Array.from(bytes));
}
