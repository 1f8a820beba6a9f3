import type { AddressInfo } from "node:net";
import { connect, type ConnectionOptions, type Server, type TLSSocket } from "node:tls";

/** How a visitor fared: what it was told, or why the connection ended. */
export type Ending = { readonly greeting?: string; readonly error?: unknown };
export type Visit = Ending & { readonly socket: TLSSocket };

/** The servers and sockets of a test, which it closes at its end. */
export class TlsPeers {
  readonly #open: (Server | TLSSocket)[] = [];

  /** Starts a server on any free port of loopback; gives the port. */
  async listen(server: Server): Promise<number> {
    // A client that is refused may hang up in the middle.
    server.on("tlsClientError", () => undefined);
    this.#open.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  }

  /** Welcomes a client. */
  readonly greet = (socket: TLSSocket): void => {
    this.keep(socket).on("error", () => undefined);
    socket.write("welcome");
  };

  /** Connects and waits for a greeting or an end. */
  async visit(port: number, options: ConnectionOptions): Promise<Visit> {
    const socket = this.keep(connect({ host: "127.0.0.1", port, ...options }));
    return new Promise((resolve) => {
      socket.once("data", (data: Buffer) => {
        resolve({ greeting: data.toString(), socket });
      });
      socket.once("error", (error) => {
        resolve({ error, socket });
      });
      socket.once("close", () => {
        resolve({ socket });
      });
    });
  }

  /** Takes a socket along that the test opened itself. */
  keep(socket: TLSSocket): TLSSocket {
    this.#open.push(socket);
    return socket;
  }

  close(): void {
    for (const each of this.#open) {
      if ("destroy" in each) each.destroy();
      else each.close();
    }
  }
}
