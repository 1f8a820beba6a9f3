/** A JSON-RPC request, as a client sends it. */
export type RpcRequest = { readonly id: number; readonly method: string; readonly params: readonly unknown[] };

/** A JSON-RPC answer. */
export type RpcAnswer = { readonly id: unknown; readonly result?: unknown; readonly error?: unknown };

/** What a node does wrong with the answer to one method. */
export type Fault =
  | {
      /** Changes the result of an answer; what is true is asked of the real node first. */
      readonly kind: "result";
      readonly change: (result: unknown, request: RpcRequest) => unknown;
    }
  | {
      /** Changes the answer itself, its id included. */
      readonly kind: "answer";
      readonly change: (answer: RpcAnswer, request: RpcRequest) => unknown;
    }
  | {
      /** Answers the whole HTTP request with this. */
      readonly kind: "http";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string;
    }
  /** `hang`: never answers. `close`: closes the connection before it answers. `cut`: in the middle of the body. */
  | { readonly kind: "hang" | "close" | "cut" }
  /** Changes the whole batch of answers: their order, or which are there. */
  | { readonly kind: "batch"; readonly change: (answers: readonly unknown[]) => unknown };
