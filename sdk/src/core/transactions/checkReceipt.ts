import type { Provider, TransactionReceipt } from "ethers";

import { readBlock } from "../reads/readBlock.js";
import { unexpectedAnswer } from "../reads/unexpectedAnswer.js";

/**
 * Holds a receipt against the transaction that it was asked for, against itself, and against the chain; gives the
 * confirmations that it has, 0 where its block was replaced.
 *
 * Errors: {@link RpcError} RPC_UNEXPECTED_ANSWER.
 */
export async function checkReceipt(provider: Provider, hash: string, receipt: TransactionReceipt): Promise<number> {
  if (receipt.hash !== hash) {
    throw unexpectedAnswer(`The node answered the receipt of ${receipt.hash} where that of ${hash} was asked for.`, {
      expected: hash,
      actual: receipt.hash,
    });
  }
  const { logs, logsBloom, status, blockHash } = receipt;
  const foreign = logs.some((log) => log.transactionHash !== hash || log.blockHash !== blockHash);
  const left = logs.length === 0 && /[1-9a-f]/u.test(logsBloom.slice(2));
  if (foreign || left || (status === 0 && logs.length > 0)) {
    throw unexpectedAnswer(`The node answered a receipt of ${hash} with logs that are not its own.`, { hash });
  }
  const [block, head] = await Promise.all([readBlock(provider, receipt.blockNumber), provider.getBlockNumber()]);
  return block.hash === blockHash ? Math.max(1, head - receipt.blockNumber + 1) : 0;
}
