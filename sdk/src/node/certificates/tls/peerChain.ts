import { X509Certificate } from "node:crypto";

import { sha256 } from "ethers";

import type { PeerChainProblem } from "../../../certificates/CertificateError.js";

/** A certificate as Node shows it, with who issued it as far as it is known; a root is its own issuer. */
export type ShownCertificate = { readonly raw?: Uint8Array; readonly issuerCertificate?: ShownCertificate };

/** Content hashes of what a peer is trusted by. */
export type PeerChain = {
  readonly own: string;
  /** From the issuer up, without the root. */
  readonly above: readonly string[];
  /** What is wrong with what is shown, and the last certificate before it. */
  readonly problem?: { readonly contentHash: string; readonly problem: PeerChainProblem };
};

/**
 * The chain of what a peer showed, or `undefined` where it showed nothing. Node links what the peer sent by names alone, and
 * need not show the path that TLS took. So each link is held against its signature and time, and the end against the roots.
 */
export function peerChain(
  certificate: ShownCertificate | undefined,
  roots?: ReadonlySet<string>,
): PeerChain | undefined {
  if (certificate?.raw === undefined) return undefined;
  const own = sha256(certificate.raw);
  const above: string[] = [];
  let [shown, contentHash] = [certificate, own];
  const ending = (problem: PeerChainProblem): PeerChain => ({ own, above, problem: { contentHash, problem } });
  for (;;) {
    const { issuerCertificate: issuer } = shown;
    if (issuer?.raw === undefined) return ending("NOT_SHOWN");
    const hash = sha256(issuer.raw);
    // A root is not judged, as it is trusted because it is known.
    if (hash === contentHash) {
      above.pop();
      return roots === undefined || roots.has(hash) ? { own, above } : ending("OTHER_ROOT");
    }
    if (above.includes(hash) || hash === own || !isIssued(shown, issuer)) return ending("NOT_ISSUED");
    above.push(hash);
    [shown, contentHash] = [issuer, hash];
  }
}

/** Whether an issuer's key made the signature, and its certificate is within its period. */
function isIssued({ raw = new Uint8Array() }: ShownCertificate, issuer: ShownCertificate): boolean {
  try {
    const by = new X509Certificate(issuer.raw ?? new Uint8Array());
    const now = Date.now();
    if (!(now >= by.validFromDate.getTime() && now <= by.validToDate.getTime())) return false;
    return new X509Certificate(raw).verify(by.publicKey);
  } catch {
    // A key or a signature of another kind than the algorithm names.
    return false;
  }
}
