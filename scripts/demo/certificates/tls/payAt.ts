import { connect, type TLSSocket } from "node:tls";

import { createCheckServerIdentity } from "../../../../sdk/src/node/certificates/index.js";
import type { Credentials } from "./Credentials.js";
import type { PolledVerdicts } from "./pollVerdicts.js";

/** Where to pay, with what, and whom to ask about the host. */
export type PayParameters = {
  readonly port: number;
  /** The content hash of the host's certificate. */
  readonly host: string;
  readonly credentials: Credentials;
  readonly verdicts: PolledVerdicts;
};

/** A payment that was taken. The connection stays open. */
export type Paid = {
  readonly answer: string;
  /** Once the connection is closed. */
  readonly closed: Promise<undefined>;
};

/** What is paid. */
export const AMOUNT = "12.50";

/**
 * Connects by mutual TLS and pays.
 *
 * @returns undefined where the host closes the connection instead of an answer
 * @throws what speaks against the host: `CertificateError` PEER_REFUSED, PEER_STATE_UNKNOWN, and TLS's own
 */
export async function payAt({ port, host, credentials, verdicts }: PayParameters): Promise<Paid | undefined> {
  // TLS judges a server at once, so that what is to be judged must be known before.
  await verdicts.ask(host);
  const checkServerIdentity = createCheckServerIdentity(verdicts);
  const socket = connect({ host: "127.0.0.1", port, ...credentials, checkServerIdentity });
  const { promise: closed, resolve } = Promise.withResolvers<undefined>();
  socket.once("close", () => {
    resolve(undefined);
  });
  const answer = await answerOf(socket, closed);
  return answer === undefined ? undefined : { answer, closed };
}

/** What the host's side of a refusal looks like from here: the connection ends, one way or another. */
const CLOSED = ["ECONNRESET", "EPIPE"];

async function answerOf(socket: TLSSocket, closed: Promise<undefined>): Promise<string | undefined> {
  const { promise: failed, reject } = Promise.withResolvers<never>();
  failed.catch(() => undefined);
  socket.on("error", (error: NodeJS.ErrnoException) => {
    if (!CLOSED.includes(error.code ?? "")) reject(error);
  });
  const answered = new Promise<string>((resolve) => {
    socket.once("data", (data: Buffer) => {
      resolve(data.toString());
    });
  });
  socket.once("secureConnect", () => socket.write(AMOUNT));
  return Promise.race([answered, closed, failed]);
}
