import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type TLSSocket } from "node:tls";

import { sha256 } from "ethers";

import { CertificateError } from "../../../../sdk/src/certificates/index.js";
import { withGuardedPeers } from "../../../../sdk/src/node/certificates/index.js";
import type { Credentials } from "./Credentials.js";
import type { PolledVerdicts } from "./pollVerdicts.js";
import { Queue } from "./Queue.js";

/** A device that was not let in, or was cut off: why, and after which poll of the ledger. */
export type Refusal = { readonly error: CertificateError; readonly poll: number };

/** The host that devices pay at. */
export type Host = {
  readonly port: number;
  /** The content hashes of the certificates by which was paid. */
  readonly payments: Queue<string>;
  readonly refusals: Queue<Refusal>;
  readonly close: () => Promise<void>;
};

/** Listens with mutual TLS: takes payments of devices whose certificate the root issued and the ledger finds valid. */
export async function openHost(credentials: Credentials, verdicts: PolledVerdicts): Promise<Host> {
  const payments = new Queue<string>();
  const refusals = new Queue<Refusal>();
  const sockets = new Set<TLSSocket>();
  const refuse = (error: CertificateError): void => {
    refusals.put({ error, poll: verdicts.ended() });
  };
  const serve = (socket: TLSSocket): void => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", (error) => {
      if (error instanceof CertificateError) refuse(error as CertificateError);
    });
    socket.on("data", (payment: Buffer) => {
      payments.put(sha256(socket.getPeerCertificate().raw));
      socket.write(`taken: ${payment.toString()}`);
    });
  };
  const options = { ...credentials, requestCert: true, rejectUnauthorized: true };
  const server = createServer(options, withGuardedPeers(verdicts, serve, refuse));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    payments,
    refusals,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
