import { CertificateError } from "../CertificateError.js";
import { type DerNode, tags } from "./der/DerNode.js";
import { readDer } from "./der/readDer.js";
import { readInteger } from "./der/readInteger.js";
import type { EcdsaSignature } from "./EcdsaSignature.js";

/** What a signature's bit string holds, and the two numbers of an ECDSA signature. */
export function readSignature(
  node: DerNode | undefined,
  algorithm: string,
  document: string,
): { readonly signature: Uint8Array; readonly ecdsa?: EcdsaSignature } {
  const fail = (problem: string): never => {
    throw new CertificateError("CERT_MALFORMED", { document, field: "signature", problem });
  };
  if (node?.tag !== tags.bitString || node.body[0] !== 0) return fail("it is no whole bytes");
  const signature = node.body.subarray(1);
  if (!algorithm.startsWith("ECDSA-")) return { signature };
  const pair = readDer(signature, `${document}'s signature`);
  const [r, s] = pair.children;
  if (pair.tag !== tags.sequence || pair.children.length !== 2 || r?.tag !== tags.integer || s?.tag !== tags.integer) {
    return fail("it is no pair of integers");
  }
  const ecdsa = { r: readInteger(r.body), s: readInteger(s.body) };
  return ecdsa.r > 0n && ecdsa.s > 0n ? { signature, ecdsa } : fail("one of its two integers is not positive");
}
