import { decodeRevert } from "./decodeRevert.js";
import { findRevertData } from "./findRevertData.js";
import { GuildhallError } from "./GuildhallError.js";
import { RpcError, type RpcErrorCode } from "./RpcError.js";

type Shape = {
  readonly code?: unknown;
  readonly shortMessage?: unknown;
  readonly message?: unknown;
  readonly operation?: unknown;
  readonly transaction?: { readonly to?: unknown } | null;
  readonly info?: { readonly error?: Answer } | null;
  readonly error?: Answer;
};

/** A node's own error. */
type Answer = { readonly code?: unknown; readonly message?: unknown } | null;

const KNOWN: Readonly<Record<string, { readonly code: RpcErrorCode; readonly what: string; readonly advice: string }>> =
  {
    NETWORK_ERROR: {
      code: "RPC_UNAVAILABLE",
      what: "The node cannot be reached or changed its chain.",
      advice: "Check the RPC URL and the connection, then try again.",
    },
    SERVER_ERROR: {
      code: "RPC_UNAVAILABLE",
      what: "The node answered with a server error.",
      advice: "Check the RPC URL and its access key, then try again.",
    },
    TIMEOUT: {
      code: "RPC_UNAVAILABLE",
      what: "The node did not answer in time.",
      advice: "Try again, or use another node.",
    },
    BAD_DATA: {
      code: "RPC_UNEXPECTED_ANSWER",
      what: "The answer is not what this contract returns.",
      advice: "Check that the address holds the contract on this chain and that the node is in sync.",
    },
    ACTION_REJECTED: {
      code: "USER_REJECTED",
      what: "The wallet's user declined.",
      advice: "Ask again only if the user starts it.",
    },
    INSUFFICIENT_FUNDS: {
      code: "INSUFFICIENT_FUNDS",
      what: "The sender cannot pay for the gas.",
      advice: "Fund the sender with the chain's own currency first.",
    },
    NONCE_EXPIRED: {
      code: "NONCE_USED",
      what: "Another transaction of the sender took the nonce.",
      advice: "Send it again: a new nonce will be read.",
    },
    REPLACEMENT_UNDERPRICED: {
      code: "REPLACEMENT_UNDERPRICED",
      what: "A transaction with this nonce waits already and pays more.",
      advice: "Raise the fee, or wait for the transaction that is there.",
    },
    UNKNOWN_ERROR: {
      code: "RPC_REFUSED",
      what: "The node or the wallet refused the request.",
      advice: "Read the cause: it is the node's own answer.",
    },
    UNSUPPORTED_OPERATION: {
      code: "RPC_REFUSED",
      what: "The runner cannot do this.",
      advice: "Connect with a signer that has a provider.",
    },
  };

/** What the node itself answered, which ethers keeps in one of two places. */
function answerOf(error: Shape): Answer | undefined {
  return error.info?.error ?? error.error;
}

function words(error: Shape): string {
  const own = answerOf(error)?.message ?? error.shortMessage ?? error.message;
  return typeof own === "string" ? own : "";
}

/** Whether a node's own words are in it: ethers passes on what it cannot classify, browser wallets use numbers. */
function isNodeAnswer(error: Shape): boolean {
  return error.code === "UNKNOWN_ERROR" || typeof error.code === "number";
}

/**
 * Whether a node refused a call and no contract did: ethers takes every error that answers a call for a revert, a limit of
 * the node's or a state that it has no more among them.
 */
function isRefusal(shape: Shape, error: object): boolean {
  const own = shape.info?.error;
  if (own === undefined || own === null || (findRevertData(error) ?? "0x") !== "0x") return false;
  const said = typeof own.message === "string" ? own.message : "";
  return own.code !== 3 && !/revert|vm |evm|gas|opcode|instruction|stack|jump/i.test(said);
}

/** The connection itself failed: Node's socket errors, and what browsers' fetch throws. */
function isUnreachable(error: object, { code, message }: Shape): boolean {
  if (typeof code === "string" && /^(?:E[A-Z_]+|UND_ERR_[A-Z_]+)$/.test(code)) return true;
  return (
    error instanceof TypeError && code === undefined && typeof message === "string" && /fetch|network/i.test(message)
  );
}

/**
 * Turns whatever ethers, a wallet or a node threw into an error of the SDK; gives back what is none of their doing,
 * such as a wrong argument.
 */
export function toGuildhallError(error: unknown, contract?: string): unknown {
  if (error instanceof GuildhallError || typeof error !== "object" || error === null) return error;
  const shape = error as Shape;
  if (shape.code === "CALL_EXCEPTION" && isRefusal(shape, error)) return fromKnown("UNKNOWN_ERROR", error);
  const reverted = shape.code === "CALL_EXCEPTION" || (isNodeAnswer(shape) && /revert/i.test(words(shape)));
  if (reverted) {
    const to = contract ?? (typeof shape.transaction?.to === "string" ? shape.transaction.to : undefined);
    return decodeRevert({ data: findRevertData(error) ?? "0x", contract: to, cause: error });
  }
  if (shape.code === 4001 || answerOf(shape)?.code === 4001) return fromKnown("ACTION_REJECTED", error);
  // Hardhat words it in its own way, which ethers does not know.
  if (isNodeAnswer(shape) && /enough funds/i.test(words(shape))) return fromKnown("INSUFFICIENT_FUNDS", error);
  // ethers says so of a body that it cannot read.
  if (shape.code === "UNSUPPORTED_OPERATION" && /^body/.test(String(shape.operation))) {
    return fromKnown("BAD_DATA", error);
  }
  if (isUnreachable(error, shape)) return fromKnown("NETWORK_ERROR", error);
  return typeof shape.code === "string" ? fromKnown(shape.code, error) : error;
}

function fromKnown(key: string, error: object): unknown {
  const known = Object.hasOwn(KNOWN, key) ? KNOWN[key] : undefined;
  if (known === undefined) return error;
  const said = words(error);
  return new RpcError({
    code: known.code,
    args: { said },
    what: said === "" ? known.what : `${known.what.slice(0, -1)} (${said}).`,
    advice: known.advice,
    cause: error,
  });
}
