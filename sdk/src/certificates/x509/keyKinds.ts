import { CertificateError } from "../CertificateError.js";
import { writeDer } from "./der/writeDer.js";
import { writeOid } from "./der/writeOid.js";
import { type KeyAlgorithm, keyAlgorithms } from "./KeyPair.js";

/** How WebCrypto makes, loads and uses keys of a kind, and what certificates call their signatures. */
type KeyKind = {
  readonly generate: { readonly name: string } & Readonly<Record<string, unknown>>;
  readonly sign: { readonly name: string; readonly hash?: string };
  /** As `TbsFacts` has it. */
  readonly signature: string;
  /** The AlgorithmIdentifier of its signatures, in DER. */
  readonly identifier: Uint8Array;
};

const ecdsa = (namedCurve: string, bits: number, oid: string): KeyKind => ({
  generate: { name: "ECDSA", namedCurve },
  sign: { name: "ECDSA", hash: `SHA-${bits}` },
  signature: `ECDSA-SHA${bits}`,
  identifier: writeDer(0x30, writeOid(oid)),
});

export const keyKinds: Readonly<Record<KeyAlgorithm, KeyKind>> = {
  "P-256": ecdsa("P-256", 256, "1.2.840.10045.4.3.2"),
  "P-384": ecdsa("P-384", 384, "1.2.840.10045.4.3.3"),
  Ed25519: {
    generate: { name: "Ed25519" },
    sign: { name: "Ed25519" },
    signature: "Ed25519",
    identifier: writeDer(0x30, writeOid("1.3.101.112")),
  },
  RSA: {
    generate: {
      name: "RSASSA-PKCS1-v1_5",
      modulusLength: 3_072,
      publicExponent: Uint8Array.of(1, 0, 1),
      hash: "SHA-256",
    },
    sign: { name: "RSASSA-PKCS1-v1_5" },
    signature: "RSA-SHA256",
    // With the null that RFC 4055 asks for.
    identifier: writeDer(0x30, writeOid("1.2.840.113549.1.1.11"), Uint8Array.of(5, 0)),
  },
};

/** Errors: {@link CertificateError} CERT_KEY_UNSUPPORTED. */
export function keyKindOf(algorithm: string): KeyKind {
  const known = keyAlgorithms.find((each) => each === algorithm);
  if (known === undefined) throw new CertificateError("CERT_KEY_UNSUPPORTED", { algorithm, supported: keyAlgorithms });
  return keyKinds[known];
}
