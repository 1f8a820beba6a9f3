import { CertificateError } from "../CertificateError.js";
import { tags } from "./der/DerNode.js";
import { writeDer } from "./der/writeDer.js";
import { writeOid } from "./der/writeOid.js";
import { type SubjectName, subjectParts } from "./SubjectName.js";

/** Encodes a distinguished name. Errors: {@link CertificateError} CERT_NAME. */
export function writeName(name: SubjectName): Uint8Array<ArrayBuffer> {
  const parts = Object.entries(subjectParts).flatMap(([part, oid]) => {
    const text = name[part as keyof SubjectName];
    if (text === undefined) return [];
    const length = Array.from(text).length;
    if (length < 1 || length > 64) {
      throw new CertificateError("CERT_NAME", { name: text, problem: `it has ${length} characters, not 1 to 64` });
    }
    if (/[\p{Cc}\p{Surrogate}]/u.test(text)) {
      throw new CertificateError("CERT_NAME", { name: text, problem: "it holds control characters or half ones" });
    }
    if (part === "country" && !/^[A-Z]{2}$/u.test(text)) {
      throw new CertificateError("CERT_NAME", { name: text, problem: "a country has two capitals" });
    }
    const value = writeDer(part === "country" ? tags.printableString : tags.utf8String, new TextEncoder().encode(text));
    return [writeDer(tags.set, writeDer(tags.sequence, writeOid(oid), value))];
  });
  if (parts.length === 0) throw new CertificateError("CERT_NAME", { name: "", problem: "it has no part" });
  return writeDer(tags.sequence, ...parts);
}
