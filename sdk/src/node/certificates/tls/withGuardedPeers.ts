import type { TLSSocket } from "node:tls";

import type { CertificateError } from "../../../certificates/CertificateError.js";
import { guardPeer } from "./guardPeer.js";
import type { PeerPolicy } from "./VerdictSource.js";

/**
 * Makes the listener of a `tls.createServer` that asks its clients for certificates: the handler gets only connections of
 * clients whose certificate is valid on chain, and they are cut when it no longer is. The server needs `requestCert: true`
 * and, so that Node checks who issued them, `rejectUnauthorized: true` with all issuers in `ca`: the root, and those between,
 * which Node does not show on resumed sessions otherwise.
 *
 * @param onRefused Told why a client was refused
 * @example
 * import { createServer } from "node:tls";
 * import { withGuardedPeers } from "@guildhall/sdk/node/certificates";
 * const policy = { verify: () => "VALID" as const, onUnavailable: "closed" as const };
 * const listener = withGuardedPeers(policy, (socket) => socket.end("welcome"));
 * const server = createServer({ requestCert: true, rejectUnauthorized: true }, listener);
 * assert.equal(server.listenerCount("secureConnection"), 1);
 */
export function withGuardedPeers(
  policy: PeerPolicy,
  handler: (socket: TLSSocket) => void,
  onRefused?: (refusal: CertificateError) => void,
): (socket: TLSSocket) => void {
  return (socket) => {
    // A socket that is destroyed says so, and a server must not die of it.
    const quiet = (): void => undefined;
    socket.on("error", quiet);
    void guardPeer(socket, policy).then((refusal) => {
      if (refusal !== undefined) onRefused?.(refusal);
      else if (!socket.destroyed) {
        handler(socket);
      }
    });
  };
}
