import type { Signature, SigningKey } from "ethers";

const made = new Map<string, Signature>();

/**
 * A key's signature of a digest, which is always the same (RFC 6979). Each is computed once: the tables of signatures ask for
 * those of honest parties thousands of times.
 */
export function signDigest(key: SigningKey, digest: string): Signature {
  const which = `${key.privateKey}${digest}`;
  const signature = made.get(which) ?? key.sign(digest);
  made.set(which, signature);
  return signature;
}
