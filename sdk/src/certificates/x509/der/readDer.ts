import { CertificateError } from "../../CertificateError.js";
import { type DerNode, tags } from "./DerNode.js";

/** Values that may stand in one another: a certificate needs ten. */
const MAX_DEPTH = 32;
/** No certificate of use is larger; the largest root that ships with Node has 2,000 bytes. */
export const MAX_DER_BYTES = 65_536;

/**
 * Reads DER as X.690 has it, with everything in it: lengths definite and minimal, integers minimal, nothing after the end.
 * A document has one encoding then, so that one hash is of one document.
 *
 * Errors: {@link CertificateError} CERT_TOO_LARGE, CERT_NOT_DER, CERT_TRAILING_BYTES.
 */
export function readDer(bytes: Uint8Array, document: string): DerNode {
  if (bytes.length > MAX_DER_BYTES) {
    throw new CertificateError("CERT_TOO_LARGE", { document, max: MAX_DER_BYTES, actual: bytes.length });
  }
  const node = readNode(bytes, 0, bytes.length, 0, document);
  if (node.bytes.length !== bytes.length) {
    throw new CertificateError("CERT_TRAILING_BYTES", {
      document,
      expected: node.bytes.length,
      actual: bytes.length,
    });
  }
  return node;
}

function readNode(bytes: Uint8Array, offset: number, end: number, depth: number, document: string): DerNode {
  const fail = (problem: string): never => {
    throw new CertificateError("CERT_NOT_DER", { document, offset, problem });
  };
  if (depth > MAX_DEPTH) return fail(`more than ${MAX_DEPTH} values stand in one another`);
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined || offset + 2 > end) return fail("a value is cut off");
  if ((tag & 0x1f) === 0x1f) return fail("a tag of several bytes, which no certificate has");

  let start = offset + 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0) return fail("a length is indefinite");
    if (count > 3) return fail(`a length of ${count} bytes`);
    if (start + count > end) return fail("a length is cut off");
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[start + i] ?? 0);
    if (length < 0x80 || length < 256 ** (count - 1)) return fail("a length is longer than it need be");
    start += count;
  }
  if (start + length > end) return fail(`a value of ${length} bytes where ${end - start} are left`);

  const body = bytes.subarray(start, start + length);
  const problem = problemOf(tag, body);
  if (problem !== undefined) return fail(problem);
  const children: DerNode[] = [];
  if ((tag & 0x20) !== 0) {
    for (let at = start; at < start + length;) {
      const child = readNode(bytes, at, start + length, depth + 1, document);
      children.push(child);
      at += child.bytes.length;
    }
  }
  return { tag, offset, bytes: bytes.subarray(offset, start + length), body, children };
}

function problemOf(tag: number, body: Uint8Array): string | undefined {
  const [first, second] = body;
  switch (tag) {
    case tags.boolean:
      return body.length === 1 && (first === 0 || first === 0xff) ? undefined : "a boolean is neither 00 nor FF";
    case tags.integer:
      if (first === undefined) return "an integer is empty";
      if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
        return "an integer is longer than it need be";
      }
      return undefined;
    case tags.bitString:
      if (first === undefined || first > 7 || (body.length === 1 && first > 0)) {
        return "a bit string has no right start";
      }
      return ((body.at(-1) ?? 0) & (2 ** first - 1)) !== 0 && body.length > 1
        ? "the unused bits of a bit string are not zero"
        : undefined;
    case tags.null:
      return body.length === 0 ? undefined : "a null is not empty";
    case tags.oid:
      if (first === undefined || (body.at(-1) ?? 0) >= 0x80) return "an object identifier is cut off";
      return body.some((byte, i) => byte === 0x80 && (i === 0 || (body[i - 1] ?? 0) < 0x80))
        ? "an object identifier is longer than it need be"
        : undefined;
    case 0x00:
      return "a tag of zero";
    case 0x10:
    case 0x11:
      return "a sequence or set is not constructed";
    default:
      return tag > 0x20 && tag < 0x40 && tag !== tags.sequence && tag !== tags.set
        ? "a string or number is in parts"
        : undefined;
  }
}
