import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";

import type { Backend } from "./Backend.js";
import type { Fault, RpcAnswer, RpcRequest } from "./Fault.js";

type Armed = { readonly fault: Fault; left: number; readonly when: (request: RpcRequest) => boolean };

/** Which requests a fault meets. */
export type ArmOptions = {
  /** How many; all by default. */
  readonly times?: number;
  readonly when?: (request: RpcRequest) => boolean;
};

/**
 * A node that lies as told: it passes JSON-RPC on to a real node and does with the answers what is armed, for each method
 * and as often as said. Nothing in it depends on time.
 */
export class FaultyNode {
  readonly url: string;
  /** Every request that came, in order. */
  readonly requests: RpcRequest[] = [];
  /** How often an armed fault took effect. */
  struck = 0;
  readonly #server: Server;
  readonly #backend: Backend;
  readonly #armed = new Map<string, Armed[]>();

  private constructor(server: Server, backend: Backend) {
    const address = server.address();
    this.url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
    this.#server = server;
    this.#backend = backend;
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      this.#serve(request, response).catch(() => response.destroy());
    });
  }

  /** Starts one in front of a real node, on a free port of this machine. */
  static async start(backend: Backend): Promise<FaultyNode> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new FaultyNode(server, backend);
  }

  /** Arms a fault for a method; "*" stands for every method. */
  arm(method: string, fault: Fault, { times = Infinity, when = () => true }: ArmOptions = {}): void {
    this.#armed.set(method, [...(this.#armed.get(method) ?? []), { fault, left: times, when }]);
  }

  /** Takes every fault back, and forgets what came. */
  reset(): void {
    this.#armed.clear();
    this.requests.length = 0;
    this.struck = 0;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #take(request: RpcRequest): Fault | undefined {
    const armed = [...(this.#armed.get(request.method) ?? []), ...(this.#armed.get("*") ?? [])];
    const found = armed.find(({ left, when }) => left > 0 && when(request));
    if (found === undefined) return undefined;
    found.left -= 1;
    this.struck += 1;
    return found.fault;
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(incoming);
    const parsed = JSON.parse(body) as RpcRequest | readonly RpcRequest[];
    const requests = Array.isArray(parsed) ? (parsed as readonly RpcRequest[]) : [parsed as RpcRequest];
    this.requests.push(...requests);
    const faults = requests.map((request) => this.#take(request));
    const transport = faults.find((fault) => fault !== undefined && isTransport(fault));
    if (transport?.kind === "hang") return;
    if (transport?.kind === "close") {
      response.destroy();
      return;
    }
    if (transport?.kind === "http") {
      response.writeHead(transport.status, transport.headers).end(transport.body);
      return;
    }
    const answers: readonly unknown[] = await Promise.all(
      requests.map(async (request, index) => {
        const answer = { jsonrpc: "2.0", ...(await this.#backend(request)) };
        return changed(answer, request, faults[index]);
      }),
    );
    const batch = faults.find((fault) => fault?.kind === "batch");
    const whole = batch?.kind === "batch" ? batch.change(answers) : Array.isArray(parsed) ? answers : answers[0];
    const text = JSON.stringify(whole);
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
    if (transport?.kind === "cut") {
      response.write(text.slice(0, Math.floor(text.length / 2)), () => response.destroy());
      return;
    }
    response.end(text);
  }
}

function isTransport({ kind }: Fault): boolean {
  return kind === "hang" || kind === "close" || kind === "cut" || kind === "http";
}

function changed(answer: RpcAnswer, request: RpcRequest, fault: Fault | undefined): unknown {
  if (fault?.kind === "answer") return fault.change(answer, request);
  if (fault?.kind === "result" && "result" in answer) {
    return { ...answer, result: fault.change(answer.result, request) };
  }
  return answer;
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
