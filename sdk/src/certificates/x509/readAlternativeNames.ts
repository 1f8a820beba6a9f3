import { CertificateError } from "../CertificateError.js";
import type { AlternativeNames } from "./AlternativeNames.js";
import { tags } from "./der/DerNode.js";
import { readDer } from "./der/readDer.js";

const [EMAIL, DNS, URI, IP] = [0x81, 0x82, 0x86, 0x87];

/** Reads the value of the extension. Errors: {@link CertificateError} CERT_MALFORMED, and those of {@link readDer}. */
export function readAlternativeNames(value: Uint8Array, document: string): AlternativeNames {
  const fail = (problem: string): never => {
    throw new CertificateError("CERT_MALFORMED", { document, field: "alternative names", problem });
  };
  const list = readDer(value, `${document}'s alternative names`);
  if (list.tag !== tags.sequence || list.children.length === 0) return fail("they are no list");
  const of = (tag: number): readonly Uint8Array[] =>
    list.children.filter((child) => child.tag === tag).map(({ body }) => body);
  const text = (body: Uint8Array): string =>
    body.length > 0 && body.every((byte) => byte > 0x20 && byte < 0x7f)
      ? String.fromCharCode(...body)
      : fail("a name has other characters than visible ASCII");
  const ip = (body: Uint8Array): string => {
    if (body.length === 4) return body.join(".");
    if (body.length !== 16) return fail(`an IP address has ${body.length} bytes`);
    return Array.from({ length: 8 }, (_, i) => (((body[2 * i] ?? 0) << 8) | (body[2 * i + 1] ?? 0)).toString(16)).join(
      ":",
    );
  };
  const names = {
    dns: of(DNS).map(text),
    ip: of(IP).map(ip),
    uri: of(URI).map(text),
    email: of(EMAIL).map(text),
  };
  const read = names.dns.length + names.ip.length + names.uri.length + names.email.length;
  return { ...names, others: list.children.length - read };
}
