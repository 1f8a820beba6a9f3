import { CertificateError } from "../../../certificates/CertificateError.js";
import type { CertificateVerdict } from "../../../certificates/state/names.js";
import type { PeerChain } from "./peerChain.js";
import type { PeerPolicy } from "./VerdictSource.js";

/** What those above a peer may be: who issued it need not be on the ledger. */
const ABOVE: ReadonlySet<CertificateVerdict> = new Set(["VALID", "UNKNOWN"]);

/**
 * Why a peer is refused; `undefined` where it is let in. Its own certificate has to be valid, and none above it, up to the root,
 * may be anything else that the ledger knows of.
 */
export function judgePeer(
  chain: PeerChain | undefined,
  host: string,
  { verify, onUnavailable }: Pick<PeerPolicy, "verify" | "onUnavailable">,
): CertificateError | undefined {
  if (chain === undefined) return new CertificateError("PEER_NO_CERTIFICATE", { host });
  const { own, above, problem } = chain;
  // Each is asked for, so that all are known the next time.
  const found = [own, ...above].map((contentHash) => ({ contentHash, verdict: verify(contentHash) }));
  for (const { contentHash, verdict } of found) {
    if (verdict === undefined) continue;
    const isFine = contentHash === own ? verdict === "VALID" : ABOVE.has(verdict);
    if (!isFine) return new CertificateError("PEER_REFUSED", { contentHash, verdict });
  }
  // What is shown and does not hold hides something.
  if (problem !== undefined && problem.problem !== "NOT_SHOWN") return new CertificateError("PEER_CHAIN", problem);
  if (onUnavailable === "open") return undefined;
  const unknown = found.find(({ verdict }) => verdict === undefined);
  if (unknown !== undefined) return new CertificateError("PEER_STATE_UNKNOWN", { contentHash: unknown.contentHash });
  return problem === undefined ? undefined : new CertificateError("PEER_CHAIN", problem);
}
