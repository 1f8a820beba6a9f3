import type { RpcAnswer, RpcRequest } from "./Fault.js";

/** The real node behind a faulty one. */
export type Backend = (request: RpcRequest) => Promise<RpcAnswer>;

/** A node at a URL. */
export function nodeAt(url: string): Backend {
  return async (request) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(request) });
    return (await response.json()) as RpcAnswer;
  };
}

/** A node in this process. */
export function nodeWithin(provider: {
  readonly request: (request: { method: string; params: unknown[] }) => Promise<unknown>;
}): Backend {
  return async ({ id, method, params }) => {
    try {
      return { id, result: await provider.request({ method, params: [...params] }) };
    } catch (error) {
      const { code, message, data } = error as { readonly code?: number; readonly message: string; data?: unknown };
      return { id, error: { code: code ?? -32603, message, data } };
    }
  };
}
