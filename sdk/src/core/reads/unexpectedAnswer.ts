import type { ErrorArgs } from "../errors/GuildhallError.js";
import { RpcError } from "../errors/RpcError.js";

/** What a node answered cannot be true: it contradicts itself, the request, or the contract. */
export function unexpectedAnswer(what: string, args: ErrorArgs = {}, cause?: unknown): RpcError {
  return new RpcError({
    code: "RPC_UNEXPECTED_ANSWER",
    args,
    what,
    advice: "Ask again, or use another node: this one is out of sync, or wrong.",
    cause,
  });
}
