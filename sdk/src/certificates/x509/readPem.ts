import { CertificateError } from "../CertificateError.js";
import { MAX_DER_BYTES } from "./der/readDer.js";

const BOUNDARY = /^-----BEGIN (?<label>[^-\r\n]*)-----[ \t]*$/gmu;
/** Base64 makes four characters of three bytes; text around a block is allowed as much again. */
const MAX_PEM_LENGTH = MAX_DER_BYTES * 3;

/**
 * The bytes of DER or of the one PEM block of a text. Text before and after the block is passed over, as programs print what
 * a certificate says above it; in the block nothing but the base64 that its bytes have may stand.
 *
 * Errors: {@link CertificateError} CERT_TOO_LARGE, CERT_PEM, CERT_PEM_BLOCKS.
 *
 * @param labels What the block may be called, the usual one first
 */
export function readPem(
  pemOrDer: string | Uint8Array,
  document: string,
  labels: readonly [string, ...string[]],
): Uint8Array {
  const actual = pemOrDer.length;
  if (actual > MAX_PEM_LENGTH) throw new CertificateError("CERT_TOO_LARGE", { document, max: MAX_PEM_LENGTH, actual });
  // A file that was read without an encoding may hold either; DER of ours begins with a sequence, and PEM with no zero.
  if (typeof pemOrDer !== "string" && (pemOrDer[0] === 0x30 || !isText(pemOrDer))) return pemOrDer;
  const text = typeof pemOrDer === "string" ? pemOrDer : new TextDecoder().decode(pemOrDer);

  const fail = (problem: string): never => {
    throw new CertificateError("CERT_PEM", { document, label: labels[0], problem });
  };
  const blocks = [...text.matchAll(BOUNDARY)];
  const [block] = blocks;
  if (block === undefined) return fail("no line begins a block");
  if (blocks.length > 1) {
    throw new CertificateError("CERT_PEM_BLOCKS", { document, expected: 1, actual: blocks.length });
  }
  const label = block.groups?.["label"] ?? "";
  if (!labels.includes(label)) return fail(`its block is called ${label.slice(0, 64)}`);
  const rest = text.slice(block.index + block[0].length);
  const end = rest.indexOf(`-----END ${label}-----`);
  if (end < 0) return fail("its block has no end");
  return decodeBase64(rest.slice(0, end).replaceAll(/[ \t\r\n]/gu, "")) ?? fail("what its block holds is not base64");
}

function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}

/** `undefined` where the text is not the one base64 of its bytes. */
function decodeBase64(text: string): Uint8Array | undefined {
  if (text === "" || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/u.test(text)) return undefined;
  const binary = atob(text);
  return btoa(binary) === text ? Uint8Array.from(binary, (character) => character.charCodeAt(0)) : undefined;
}
