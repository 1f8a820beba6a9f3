import { CertificateError } from "../CertificateError.js";
import type { CertificateName } from "./CertificateName.js";
import { type DerNode, tags } from "./der/DerNode.js";
import { Name } from "./peculiar.js";

/** Errors: {@link CertificateError} CERT_MALFORMED. */
export function readName(node: DerNode | undefined, document: string, field: string): CertificateName {
  if (node?.tag !== tags.sequence) {
    throw new CertificateError("CERT_MALFORMED", { document, field, problem: "it is no name" });
  }
  try {
    return { text: new Name(Uint8Array.from(node.bytes)).toString(), der: node.bytes };
  } catch (cause) {
    throw new CertificateError("CERT_MALFORMED", { document, field, problem: "it is no name" }, cause);
  }
}
