import type { TransactionRequest } from "ethers";

import type { ClientContext } from "../ClientContext.js";
import { withDecodedErrors } from "../errors/withDecodedErrors.js";
import type { ContractAction } from "./ContractAction.js";
import { Transaction } from "./Transaction.js";
import { TransactionError } from "./TransactionError.js";

/** What of a transaction the caller may set; the rest follows from the action. */
export type SendOptions = Pick<
  TransactionRequest,
  "gasLimit" | "gasPrice" | "maxFeePerGas" | "maxPriorityFeePerGas" | "nonce" | "accessList"
>;

/**
 * Sends an action with the context's signer. A call that would revert is refused before it is sent, with the contract's
 * reason, unless `options.gasLimit` is given (then nothing is estimated).
 *
 * Errors: {@link TransactionError} NO_SIGNER, {@link ContractRevertError}, {@link RpcError}.
 *
 * @example
 * import { createAction, Guildhall, referralDealsAbi, sendAction } from "@guildhall/sdk";
 * const { context } = await Guildhall.connect(signer, { directory });
 * const action = createAction({
 *   abi: referralDealsAbi,
 *   to: context.addresses.ReferralDeals,
 *   method: "increaseCounter",
 *   args: [],
 *   event: "CounterIncreased",
 *   result: ({ counter }) => counter,
 * });
 * const transaction = await sendAction(context, action);
 * assert.equal(await transaction.wait(), 1n);
 */
export async function sendAction<T>(
  context: Pick<ClientContext, "runner" | "provider">,
  action: ContractAction<T>,
  options: SendOptions = {},
): Promise<Transaction<T>> {
  const { runner, provider } = context;
  const send = runner.sendTransaction?.bind(runner);
  if (send === undefined) {
    throw new TransactionError({
      code: "NO_SIGNER",
      args: { action: action.name },
      what: `${action.name} writes, and the client is connected with a provider alone.`,
      advice: "Connect with a signer.",
    });
  }
  const request: TransactionRequest = { ...options, to: action.to, data: action.data };
  const [sentAt, response] = await Promise.all([
    // Whatever the node does with this question, the transaction is sent, and must not be lost.
    provider.getBlockNumber().catch(() => undefined),
    withDecodedErrors(() => send(request), action.to),
  ]);
  return new Transaction(action, response, provider, sentAt);
}
