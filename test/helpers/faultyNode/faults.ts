import { id, toQuantity } from "ethers";

import type { Fault } from "./Fault.js";

/** A fault with the method that it strikes; "*" stands for every method. */
export type NamedFault = { readonly method: string; readonly fault: Fault };

type Raw = Readonly<Record<string, unknown>>;

const http = (status: number, body: string, headers: Readonly<Record<string, string>> = {}): NamedFault => ({
  method: "*",
  fault: { kind: "http", status, headers, body },
});
const on = (method: string, change: (result: unknown) => unknown): NamedFault => ({
  method,
  fault: { kind: "result", change },
});
const logs = (change: (found: readonly Raw[]) => unknown): NamedFault =>
  on("eth_getLogs", (found) => change(found as readonly Raw[]));
const eachLog = (change: (log: Raw) => Raw): NamedFault => logs((found) => found.map(change));
const receipt = (change: (found: Raw) => unknown): NamedFault =>
  on("eth_getTransactionReceipt", (found) => (found === null ? null : change(found as Raw)));
const block = (change: (found: Raw) => unknown): NamedFault =>
  on("eth_getBlockByNumber", (found) => (found === null ? null : change(found as Raw)));
const bytes = (change: (hex: string) => unknown): NamedFault =>
  on("eth_call", (found) => (typeof found === "string" ? change(found) : found));
const page = "<html><body>Bad gateway</body></html>";

/** Another word than the true one, of the same length. */
const otherHash = id("of another chain");
const later = (quantity: unknown, by: bigint): string => toQuantity(BigInt(String(quantity)) + by);

/** Everything that a node does wrong here, by a name for messages. */
export const faults: Readonly<Record<string, NamedFault>> = {
  // The connection
  "it never answers": { method: "*", fault: { kind: "hang" } },
  "it closes the connection": { method: "*", fault: { kind: "close" } },
  "it cuts the body": { method: "*", fault: { kind: "cut" } },
  "429": http(429, "slow down"),
  "429, with Retry-After": http(429, "slow down", { "retry-after": "1" }),
  "500, with a page": http(500, page, { "content-type": "text/html" }),
  "502, with a page": http(502, page, { "content-type": "text/html" }),
  "200, with a page": http(200, page, { "content-type": "text/html" }),
  "an empty body": http(200, ""),
  "half a JSON": http(200, '{"jsonrpc":"2.0","id":1,"resu'),
  // The envelope
  "an answer to another id": { method: "*", fault: { kind: "answer", change: (answer) => ({ ...answer, id: 999 }) } },
  "neither result nor error": { method: "*", fault: { kind: "answer", change: ({ id: same }) => ({ id: same }) } },
  "an error without words": {
    method: "*",
    fault: { kind: "answer", change: ({ id: same }) => ({ id: same, error: {} }) },
  },
  "null for an answer": { method: "*", fault: { kind: "answer", change: () => null } },
  "answers in another order": { method: "*", fault: { kind: "batch", change: (answers) => answers.toReversed() } },
  "some of the answers": { method: "*", fault: { kind: "batch", change: (answers) => answers.slice(1) } },
  // Types
  null: on("*", () => null),
  "a word": on("*", () => "spam"),
  "a number": on("*", () => 7),
  "an object": on("*", () => ({})),
  "a list": on("*", () => [[]]),
  "odd hex": on("*", () => "0x123"),
  // eth_call
  "a call that answers nothing": bytes(() => "0x"),
  "a call that answers a byte less": bytes((hex) => hex.slice(0, -2)),
  "a call that answers a word less": bytes((hex) => hex.slice(0, -64)),
  "a call that answers all ones": bytes((hex) => `0x${"f".repeat(hex.length - 2)}`),
  "a call that answers another contract's words": bytes(() => `0x${otherHash.slice(2).repeat(9)}`),
  // Chain, code, blocks
  "another chain": on("eth_chainId", () => "0x1"),
  "a chain id with leading zeros": on("eth_chainId", () => "0x0001"),
  "no code": on("eth_getCode", () => "0x"),
  "another code": on("eth_getCode", () => "0x6001"),
  "a block number of long ago": on("eth_blockNumber", () => "0x1"),
  "a block number of the future": on("eth_blockNumber", (number) => later(number, 1_000n)),
  "no block": block(() => null),
  "a block of another number": block((found) => ({ ...found, number: later(found.number, 1n) })),
  "a block of another hash": block((found) => ({ ...found, hash: otherHash })),
  "a block without its fields": block(({ number }) => ({ number })),
  // Logs
  "no logs": logs(() => []),
  "all logs but the first": logs((found) => found.slice(1)),
  "all logs but the last": logs((found) => found.slice(0, -1)),
  "logs in another order": logs((found) => found.toReversed()),
  "logs twice": logs((found) => found.flatMap((log) => [log, log])),
  "logs twice, and different": logs((found) => found.flatMap((log) => [log, { ...log, transactionHash: otherHash }])),
  "logs of another contract": eachLog((log) => ({ ...log, address: `0x${"12".repeat(20)}` })),
  "logs of another event": eachLog((log) => ({ ...log, topics: [otherHash, ...(log.topics as string[]).slice(1)] })),
  "logs of another id": eachLog((log) => ({ ...log, topics: [(log.topics as string[])[0], otherHash] })),
  "logs in a block that is not there": eachLog((log) => ({ ...log, blockHash: otherHash })),
  "logs in a later block": eachLog((log) => ({ ...log, blockNumber: later(log.blockNumber, 1_000n) })),
  "logs that were removed": eachLog((log) => ({ ...log, removed: true })),
  "logs without their data": eachLog((log) => ({ ...log, data: "0x" })),
  "logs without their fields": eachLog(({ address }) => ({ address })),
  // Receipts
  "no receipt": receipt(() => null),
  "a receipt of another transaction": receipt((found) => ({ ...found, transactionHash: otherHash })),
  "a receipt with another status": receipt((found) => ({ ...found, status: "0x0" })),
  "a receipt in a block that is not there": receipt((found) => ({ ...found, blockHash: otherHash })),
  "a receipt without its logs": receipt((found) => ({ ...found, logs: [] })),
  "a receipt without its fields": receipt(({ transactionHash }) => ({ transactionHash })),
};
