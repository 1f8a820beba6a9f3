import type { CertificateState } from "./CertificateState.js";
import { toCertificateState } from "./toCertificateState.js";

/**
 * What a certificate's two slots say: the word, lowest bits first, and the head. Undefined for a word of zero, which is no
 * certificate.
 */
export function wordToState(certificateId: string, word: bigint, head: string): CertificateState | undefined {
  if (word === 0n) return undefined;
  const field = (shift: bigint, bits: bigint): bigint => (word >> shift) & ((1n << bits) - 1n);
  return toCertificateState(certificateId, {
    account: field(0n, 40n),
    centre: field(8n, 32n),
    accountType: field(0n, 8n),
    sequence: field(40n, 32n),
    notBefore: field(72n, 40n),
    notAfter: field(112n, 40n),
    movedAt: field(152n, 40n),
    freezeEnds: field(192n, 40n),
    reason: field(232n, 8n),
    frozenBy: field(240n, 8n),
    head,
  });
}
