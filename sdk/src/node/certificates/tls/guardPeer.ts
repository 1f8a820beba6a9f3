import type { TLSSocket } from "node:tls";

import type { CertificateError } from "../../../certificates/CertificateError.js";
import { judgePeer } from "./judgePeer.js";
import { peerChain } from "./peerChain.js";
import type { PeerPolicy } from "./VerdictSource.js";

/**
 * Judges the peer of a connected TLS socket, on either side, and destroys the socket where the peer is refused: now, or as
 * soon as the source tells that its certificate is no longer valid, or that one above it was revoked, frozen, or ended otherwise.
 * A client that resumes a session is shown no certificate by
 * Node, and its server is refused for that; a server sees its client's there too.
 *
 * @returns why it was refused now, or `undefined` where it was let in
 * @example
 * import { connect } from "node:tls";
 * import { guardPeer } from "@guildhall/sdk/node/certificates";
 * const socket = connect({ host: "127.0.0.1", port: 9 });
 * socket.on("error", () => undefined);
 * const refusal = await guardPeer(socket, { verify: () => "REVOKED", onUnavailable: "closed" });
 * assert.equal(refusal?.code, "PEER_NO_CERTIFICATE");
 */
export async function guardPeer(socket: TLSSocket, policy: PeerPolicy): Promise<CertificateError | undefined> {
  const host = socket.remoteAddress ?? "The peer";
  const chain = peerChain(socket.getPeerCertificate(true), policy.roots);
  const judgeNow = (): CertificateError | undefined => judgePeer(chain, host, policy);

  const unknown =
    chain === undefined ? [] : [chain.own, ...chain.above].filter((each) => policy.verify(each) === undefined);
  // A source that fails has told nothing.
  await Promise.all(unknown.map(async (contentHash) => policy.ask?.(contentHash).catch(() => undefined)));
  const refusal = judgeNow();
  if (refusal !== undefined) {
    socket.destroy(refusal);
    return refusal;
  }
  const unsubscribe = policy.subscribe?.(() => {
    const later = judgeNow();
    if (later !== undefined) socket.destroy(later);
  });
  if (unsubscribe !== undefined) socket.once("close", unsubscribe);
  return undefined;
}
