import type { Log, Provider } from "ethers";

import { askNode } from "../errors/askNode.js";
import { RpcError } from "../errors/RpcError.js";
import { type BlockPoint, readBlock } from "./readBlock.js";
import { unexpectedAnswer } from "./unexpectedAnswer.js";

/** Which logs to read. */
export type ReadLogsParameters = {
  readonly provider: Provider;
  readonly address: string;
  readonly fromBlock: number;
  /** The latest by default. */
  readonly toBlock?: number | undefined;
  /** As in eth_getLogs. */
  readonly topics: readonly (string | readonly string[] | null)[];
};

/** The logs of a range of blocks, each once and in the order of the chain, and the block at which it ends. */
export type LogRange = { readonly logs: readonly Log[]; readonly head: BlockPoint };

/** Blocks at the end of a range whose hashes are compared; a reorganisation hardly goes deeper. */
const YOUNG = 64;
const ATTEMPTS = 2;

/**
 * Reads logs and holds them against what one node can be held against: that they are of the contract, topics and blocks
 * asked for, that no two contradict each other, that the node knows the last block, and that the young ones are in the
 * blocks that the chain has now. What does not hold together is asked for a second time: a block may have been replaced in
 * the middle of the first. Where the node refuses a range as too large, it is asked for the halves.
 *
 * A log that a node leaves out cannot be missed.
 *
 * Errors: {@link RpcError}.
 */
export async function readLogs(parameters: ReadLogsParameters): Promise<LogRange> {
  const { provider, fromBlock, toBlock } = parameters;
  const last = toBlock ?? (await askNode(async () => provider.getBlockNumber()));
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (fromBlock > last) return { logs: [], head: await readBlock(provider, last) };
      const logs = inOrder(await readRange(parameters, fromBlock, last), { ...parameters, toBlock: last });
      const young = new Set(logs.map(({ blockNumber }) => blockNumber).filter((number) => number > last - YOUNG));
      const points = await Promise.all([...young.add(last)].map((number) => readBlock(provider, number)));
      const hashes = new Map(points.map(({ number, hash }) => [number, hash]));
      for (const { blockNumber, blockHash } of logs) {
        const actual = hashes.get(blockNumber) ?? blockHash;
        if (actual !== blockHash) throw contradiction("is in another block", { blockNumber, blockHash, actual });
      }
      return { logs, head: { number: last, hash: hashes.get(last) ?? "" } };
    } catch (error) {
      const asked = error instanceof RpcError && error.code === "RPC_UNEXPECTED_ANSWER" && attempt < ATTEMPTS;
      if (!asked) throw error;
    }
  }
}

async function readRange(parameters: ReadLogsParameters, from: number, to: number): Promise<readonly Log[]> {
  const { provider, address, topics } = parameters;
  const filter = topics.map((topic) => (topic === null || typeof topic === "string" ? topic : [...topic]));
  try {
    return await askNode(async () => provider.getLogs({ address, fromBlock: from, toBlock: to, topics: filter }));
  } catch (error) {
    if (from >= to || !maySplit(error)) throw error;
    const middle = Math.floor((from + to) / 2);
    // One after the other: a node that is broken fails at the first single block.
    const first = await readRange(parameters, from, middle);
    return [...first, ...(await readRange(parameters, middle + 1, to))];
  }
}

/** Whether the node answered, and refused: one that is silent or busy would only be asked more often. */
function maySplit(error: unknown): boolean {
  if (!(error instanceof RpcError)) return false;
  if (error.code === "RPC_REFUSED") return true;
  const { code, response } = (error.cause ?? {}) as {
    readonly code?: unknown;
    readonly response?: { readonly statusCode?: unknown } | null;
  };
  // 599 is what ethers makes of a 429 that did not end.
  return code === "SERVER_ERROR" && response?.statusCode !== 429 && response?.statusCode !== 599;
}

function inOrder(
  logs: readonly Log[],
  { address, topics, fromBlock, toBlock = fromBlock }: ReadLogsParameters,
): readonly Log[] {
  const hashes = new Map<number, string>();
  const unique = new Map<string, Log>();
  for (const log of logs) {
    const { blockNumber, blockHash, index } = log;
    const place = { blockNumber, logIndex: index };
    if (log.removed) throw contradiction("is said to be removed", place);
    if (log.address.toLowerCase() !== address.toLowerCase()) throw contradiction("is of another contract", place);
    if (!topics.every((wanted, position) => fits(log.topics[position], wanted))) {
      throw contradiction("has other topics than were asked for", place);
    }
    if (blockNumber < fromBlock || blockNumber > toBlock) throw contradiction("is of another block", place);
    if ((hashes.get(blockNumber) ?? blockHash) !== blockHash) throw contradiction("is in another block", place);
    hashes.set(blockNumber, blockHash);
    const key = `${blockNumber}:${index}`;
    const known = unique.get(key);
    if (known !== undefined && textOf(known) !== textOf(log)) {
      throw contradiction("was answered twice, and differs", place);
    }
    unique.set(key, log);
  }
  return [...unique.values()].sort((a, b) => a.blockNumber - b.blockNumber || a.index - b.index);
}

function fits(topic: string | undefined, wanted: string | readonly string[] | null): boolean {
  if (wanted === null) return true;
  const choices = typeof wanted === "string" ? [wanted] : wanted;
  return topic !== undefined && choices.some((choice) => choice.toLowerCase() === topic.toLowerCase());
}

function textOf({ address, topics, data, transactionHash }: Log): string {
  return JSON.stringify([address, topics, data, transactionHash]);
}

function contradiction(how: string, args: Readonly<Record<string, unknown>>): RpcError {
  return unexpectedAnswer(`A log that the node answered ${how}.`, args);
}
