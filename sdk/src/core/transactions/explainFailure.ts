import type { Provider, TransactionReceipt, TransactionResponse } from "ethers";

import { ContractRevertError } from "../errors/ContractRevertError.js";
import { RpcError } from "../errors/RpcError.js";
import { toGuildhallError } from "../errors/toGuildhallError.js";
import { TransactionError } from "./TransactionError.js";

/**
 * Runs a mined transaction's call again on the state of a block; gives what it reverts with, if it does. A node that does
 * not answer says nothing of it.
 */
async function replay(
  provider: Provider,
  { to, from, data, value, gasLimit }: TransactionResponse,
  blockTag: number,
): Promise<ContractRevertError | undefined> {
  try {
    await provider.call({ to, from, data, value, gasLimit, blockTag });
    return undefined;
  } catch (error) {
    const decoded = toGuildhallError(error, to ?? undefined);
    if (decoded instanceof RpcError && decoded.code !== "RPC_REFUSED") throw decoded;
    return decoded instanceof ContractRevertError && decoded.data !== "0x" ? decoded : undefined;
  }
}

/**
 * Why a mined transaction failed. A receipt has no reason, so the call is run again: first on the state after its block
 * (whoever came first in that block is why most fail, and the time is right), then on the state before it.
 */
export async function explainFailure(
  provider: Provider,
  transaction: TransactionResponse,
  receipt: TransactionReceipt,
): Promise<ContractRevertError | TransactionError> {
  const reason =
    (await replay(provider, transaction, receipt.blockNumber)) ??
    (await replay(provider, transaction, receipt.blockNumber - 1));
  const { hash, blockNumber, gasUsed } = receipt;
  if (reason !== undefined) {
    return new ContractRevertError({
      name: reason.name,
      args: reason.args,
      contract: reason.contract,
      what: `Transaction ${hash} failed in block ${blockNumber}. ${reason.what}`,
      advice: reason.advice,
      data: reason.data,
    });
  }
  // A call keeps back 1/64 of its gas, so that a failure inside leaves a little.
  if (gasUsed * 64n >= transaction.gasLimit * 62n) {
    return new TransactionError({
      code: "TRANSACTION_OUT_OF_GAS",
      args: { hash, gasLimit: transaction.gasLimit, gasUsed },
      what: `Transaction ${hash} used ${gasUsed} of its ${transaction.gasLimit} gas and failed.`,
      advice: "Send it again with a higher gas limit.",
    });
  }
  return new TransactionError({
    code: "TRANSACTION_REVERTED",
    args: { hash, blockNumber, gasUsed },
    what: `Transaction ${hash} failed in block ${blockNumber}, and running it again on that block's state does not.`,
    advice:
      "Another transaction of the block stood in its way: read the state and send it again if it is still needed.",
  });
}
