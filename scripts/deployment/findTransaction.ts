import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Provider } from "ethers";
import { zeroPadValue } from "ethers";

import { CONTRACT_CREATION_TOPIC, CREATE_X_ADDRESS } from "./createX.js";
import type { Deployment } from "./Deployment.js";

export type Origin = { readonly transaction: string; readonly block: number };

export type FindTransactionParameters = {
  readonly provider: Provider;
  readonly address: string;
  /** The record before this run, if any. */
  readonly record: Deployment | undefined;
  /** Ignition's folder of journals. */
  readonly journals: string | undefined;
};

/**
 * The transaction that created a contract: from the record before, the journals, or CreateX's events; undefined when a
 * node keeps no events so far back.
 */
export async function findTransaction(parameters: FindTransactionParameters): Promise<Origin | undefined> {
  const { provider, address, record, journals } = parameters;
  const known = Object.values(record?.contracts ?? {}).find((contract) => contract.address === address)?.transaction;
  const candidates = [...(known === null || known === undefined ? [] : [known]), ...journaled(journals)];
  for (const hash of candidates) {
    const receipt = await provider.getTransactionReceipt(hash);
    const created = receipt?.logs.some((log) => log.address === CREATE_X_ADDRESS && log.topics[1] === topicOf(address));
    if (receipt !== null && created === true) return { transaction: hash, block: receipt.blockNumber };
  }
  try {
    const [log] = await provider.getLogs({
      address: CREATE_X_ADDRESS,
      topics: [CONTRACT_CREATION_TOPIC, topicOf(address)],
      fromBlock: 0,
      toBlock: "latest",
    });
    return log && { transaction: log.transactionHash, block: log.blockNumber };
  } catch {
    return undefined;
  }
}

function topicOf(address: string): string {
  return zeroPadValue(address, 32).toLowerCase();
}

/** The hashes of all transactions in the journals. */
function journaled(journals: string | undefined): readonly string[] {
  if (journals === undefined || !existsSync(journals)) return [];
  return readdirSync(journals)
    .map((name) => join(journals, name, "journal.jsonl"))
    .filter((path) => existsSync(path))
    .flatMap((path) => readFileSync(path, "utf8").split("\n"))
    .filter((line) => line.includes('"TRANSACTION_SEND"'))
    .flatMap((line) => /"hash":"(0x[0-9a-f]{64})"/.exec(line)?.[1] ?? []);
}
