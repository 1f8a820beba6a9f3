import { sha256 } from "ethers";

import { CertificateError } from "../../../certificates/CertificateError.js";
import type { CertificateVerdict } from "../../../certificates/state/names.js";
import type { PeerPolicy } from "./VerdictSource.js";

/** The content hash of what a peer showed, or `undefined` where it showed nothing. */
export function contentHashOf(certificate: { readonly raw?: Uint8Array } | undefined): string | undefined {
  return certificate?.raw === undefined ? undefined : sha256(certificate.raw);
}

/** Why a peer is refused; `undefined` where it is let in. */
export function judgePeer(
  contentHash: string | undefined,
  host: string,
  verdict: CertificateVerdict | undefined,
  { onUnavailable }: Pick<PeerPolicy, "onUnavailable">,
): CertificateError | undefined {
  if (contentHash === undefined) return new CertificateError("PEER_NO_CERTIFICATE", { host });
  if (verdict === "VALID") return undefined;
  if (verdict !== undefined) return new CertificateError("PEER_REFUSED", { contentHash, verdict });
  return onUnavailable === "open" ? undefined : new CertificateError("PEER_STATE_UNKNOWN", { contentHash });
}
