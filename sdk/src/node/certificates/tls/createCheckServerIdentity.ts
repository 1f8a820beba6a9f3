import { checkServerIdentity as checkHost, type PeerCertificate } from "node:tls";

import { judgePeer } from "./judgePeer.js";
import { peerChain } from "./peerChain.js";
import type { PeerPolicy } from "./VerdictSource.js";

/**
 * Makes a `checkServerIdentity` for `tls.connect` and `https.request`: the host's name as Node checks it, then the state of
 * the certificate on chain, and of those above it that the ledger knows. Keep `rejectUnauthorized` on: who issued it is still checked by Node against `ca`.
 *
 * Node does not call it for a session that is resumed, nor again while a connection lasts: pass no `session`, give an
 * `https.Agent` the option `maxCachedSessions: 0`, and call `guardPeer` on the connected socket.
 *
 * Errors, as the connection's: `CertificateError` PEER_REFUSED, PEER_STATE_UNKNOWN, PEER_CHAIN, PEER_NO_CERTIFICATE, and Node's own.
 *
 * @example
 * import { connect } from "node:tls";
 * import { createCheckServerIdentity } from "@guildhall/sdk/node/certificates";
 * const verify = () => "VALID" as const;
 * const checkServerIdentity = createCheckServerIdentity({ verify, onUnavailable: "closed" });
 * const socket = connect({ host: "127.0.0.1", port: 9, checkServerIdentity });
 * const error = await new Promise((resolve) => void socket.once("error", resolve));
 * assert.ok(error instanceof Error);
 */
export function createCheckServerIdentity(
  policy: Pick<PeerPolicy, "verify" | "onUnavailable" | "roots">,
): (host: string, certificate: PeerCertificate) => Error | undefined {
  return (host, certificate) => {
    const problem = checkHost(host, certificate);
    if (problem !== undefined) return problem;
    // Node passes it with its issuers.
    return judgePeer(peerChain(certificate, policy.roots), host, policy);
  };
}
