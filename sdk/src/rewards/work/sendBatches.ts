import type { TransactionReceipt } from "ethers";

import type { ClientContext } from "../../core/ClientContext.js";
import { ContractRevertError } from "../../core/errors/ContractRevertError.js";
import { RpcError } from "../../core/errors/RpcError.js";
import { withDecodedErrors } from "../../core/errors/withDecodedErrors.js";
import type { ContractAction } from "../../core/transactions/ContractAction.js";
import { sendAction } from "../../core/transactions/sendAction.js";
import { RewardError } from "../RewardError.js";
import { gasCap } from "./gasCap.js";

/** How many items the first batch has, whose estimate sizes the others. */
const FIRST = 50;
/** A batch is filled to so many hundredths of what a transaction may have. */
const FILL = 85n;
/** Gas that a batch is given above its estimate, in hundredths: the chain may move between estimate and block. */
const MARGIN = 110n;

/** What to send in batches, and how. */
export type SendBatchesParameters<Item, T> = {
  readonly context: Pick<ClientContext, "runner" | "provider" | "chainId">;
  readonly items: AsyncIterable<Item> | Iterable<Item>;
  /** Makes the call for some items. It is asked again for fewer where they do not fit. */
  readonly action: (items: readonly Item[]) => Promise<ContractAction<T>> | ContractAction<T>;
  /** The most items of one transaction; as many as fit by default. */
  readonly batchSize?: number | undefined;
};

/** What one transaction of many did. */
export type SentBatch<Item, T> = {
  readonly items: readonly Item[];
  readonly result: T;
  readonly receipt: TransactionReceipt;
};

type Estimated<T> = { readonly action: ContractAction<T>; readonly gas: bigint };

/**
 * Sends items in batches as large as a transaction's gas allows, one after the other, each waited for. The first batch is
 * small; what it takes sizes the ones after it, and each goes on to correct that.
 *
 * Errors: {@link ContractRevertError} where a batch as a whole is refused; {@link RewardError} REWARD_BATCH_TOO_LARGE where a
 * single item does not fit; {@link TransactionError}; {@link RpcError}.
 */
export async function* sendBatches<Item, T>({
  context,
  items,
  action,
  batchSize = Infinity,
}: SendBatchesParameters<Item, T>): AsyncGenerator<SentBatch<Item, T>, void, void> {
  const { runner, provider } = context;
  const cap = await gasCap(context);
  const room = (cap * FILL) / 100n;
  let size = Math.min(FIRST, batchSize);
  let waiting: Item[] = [];

  const estimate = async (batch: readonly Item[]): Promise<Estimated<T> | undefined> => {
    const made = await action(batch);
    const request = { to: made.to, data: made.data };
    const ask = runner.estimateGas?.bind(runner) ?? provider.estimateGas.bind(provider);
    try {
      const gas = await withDecodedErrors(() => ask(request), made.to);
      if (gas <= room || (batch.length === 1 && gas <= cap)) return { action: made, gas };
    } catch (error) {
      if (!mayBeTooLarge(error) || batch.length === 1) throw error;
    }
    if (batch.length > 1) return undefined;
    throw new RewardError({
      code: "REWARD_BATCH_TOO_LARGE",
      args: { cap, action: made.name },
      what: `A single item of ${made.name} takes more than the ${cap} gas that a transaction may have.`,
      advice: "Settle fewer cycles at once: name an earlier `untilCycle`.",
    });
  };
  const sendNext = async (): Promise<SentBatch<Item, T>> => {
    let batch = waiting.slice(0, size);
    let ready = await estimate(batch);
    while (ready === undefined) {
      batch = batch.slice(0, Math.ceil(batch.length / 2));
      ready = await estimate(batch);
    }
    const withMargin = (ready.gas * MARGIN) / 100n;
    const sent = await sendAction(context, ready.action, { gasLimit: withMargin < cap ? withMargin : cap });
    const result = await sent.wait();
    const receipt = await sent.receipt();
    // Not before it is mined: what was not sent is still waiting.
    waiting = waiting.slice(batch.length);
    size = Math.min(batchSize, Math.max(1, Number((BigInt(batch.length) * room) / ready.gas)));
    return { items: batch, result, receipt };
  };

  for await (const item of items) {
    waiting.push(item);
    if (waiting.length >= size) yield await sendNext();
  }
  while (waiting.length > 0) yield await sendNext();
}

/** Nodes refuse what takes more than a block in many words; a contract's own reason is none of them. */
function mayBeTooLarge(error: unknown): boolean {
  if (error instanceof ContractRevertError) return error.name === "Unknown";
  return error instanceof RpcError && error.code === "RPC_REFUSED";
}
