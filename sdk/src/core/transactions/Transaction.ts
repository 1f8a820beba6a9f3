import type { Provider, TransactionReceipt, TransactionResponse } from "ethers";

import { askNode } from "../errors/askNode.js";
import type { ContractAction } from "./ContractAction.js";
import { explainFailure } from "./explainFailure.js";
import type { Replacement, ReplacementSearch } from "./findReplacement.js";
import { TransactionError } from "./TransactionError.js";
import { waitForReceipt } from "./waitForReceipt.js";

/** How long to wait for a transaction. */
export type WaitOptions = {
  /** Blocks that must hold it, itself included; 1 by default. */
  readonly confirmations?: number;
  /** Milliseconds after which waiting ends with TRANSACTION_NOT_MINED; by default there is no end. */
  readonly timeout?: number;
};

/**
 * A transaction on its way. It resolves to what it did, not to a hash.
 *
 * @example
 * import { Guildhall } from "@guildhall/sdk";
 * const hall = await Guildhall.connect(signer, { directory });
 * const transaction = await hall.deals.increaseCounter();
 * const { merchant } = await transaction.wait({ confirmations: 1, timeout: 60_000 });
 * assert.equal(merchant, signer.address);
 * assert.equal((await transaction.receipt()).hash, transaction.hash);
 */
export class Transaction<T> {
  /** The hash under which it was sent. Where the wallet repriced it, the receipt has another. */
  readonly hash: string;
  readonly #action: ContractAction<T>;
  readonly #response: TransactionResponse;
  readonly #provider: Provider;
  readonly #search: ReplacementSearch;

  /** @param sentAt The latest block when it was sent: where looking for what replaces it begins. */
  constructor(action: ContractAction<T>, response: TransactionResponse, provider: Provider, sentAt?: number) {
    this.hash = response.hash;
    this.#action = action;
    this.#response = response;
    this.#provider = provider;
    this.#search = { provider, nextBlock: sentAt };
  }

  /**
   * Waits for the transaction and gives the typed result of its event.
   *
   * Errors: {@link ContractRevertError} with the contract's reason where it reverted, {@link TransactionError} where it
   * was replaced, ran out of gas, was not mined in time, or lacks its event.
   */
  async wait(options: WaitOptions = {}): Promise<T> {
    const receipt = await this.receipt(options);
    const result = this.#action.read(receipt);
    if (result === undefined) {
      throw new TransactionError({
        code: "EVENT_MISSING",
        args: { hash: receipt.hash, contract: this.#action.to, event: this.#action.event },
        what: `Transaction ${receipt.hash} succeeded, but ${this.#action.to} emitted no ${this.#action.event}.`,
        advice: "Check that the address holds the contract on this chain.",
      });
    }
    return result;
  }

  /** Waits for the transaction and gives its receipt; the errors are those of {@link wait}, but for the event. */
  async receipt({ confirmations = 1, timeout }: WaitOptions = {}): Promise<TransactionReceipt> {
    const outcome = await waitForReceipt({
      provider: this.#provider,
      response: this.#response,
      search: this.#search,
      confirmations,
      timeout,
    });
    switch (outcome.kind) {
      case "timeout":
        throw this.#notMined(outcome.cause);
      case "failed":
        throw outcome.cause;
      case "replaced":
        return this.#replaced(outcome.replacement);
      case "mined":
        return this.#succeeded(this.#response, outcome.receipt);
    }
  }

  async #succeeded(transaction: TransactionResponse, receipt: TransactionReceipt): Promise<TransactionReceipt> {
    if (receipt.status === 1) return receipt;
    throw await askNode(() => explainFailure(this.#provider, transaction, receipt));
  }

  async #replaced({ reason, transaction, receipt }: Replacement): Promise<TransactionReceipt> {
    if (reason === "repriced") return this.#succeeded(transaction, receipt);
    const cancelled = reason === "cancelled";
    throw new TransactionError({
      code: cancelled ? "TRANSACTION_CANCELLED" : "TRANSACTION_REPLACED",
      args: { hash: this.hash, replacement: transaction.hash, nonce: this.#response.nonce },
      what: `Transaction ${this.hash} was ${cancelled ? "cancelled" : "replaced"} by ${transaction.hash} under the same nonce ${this.#response.nonce}.`,
      advice: cancelled
        ? "Send it again if it was cancelled by mistake."
        : "Look at what the sender sent instead, and send this again if it is still needed.",
    });
  }

  #notMined(cause: unknown): TransactionError {
    return new TransactionError({
      code: "TRANSACTION_NOT_MINED",
      args: { hash: this.hash },
      what: `Transaction ${this.hash} is not in a block with the confirmations asked for yet.`,
      advice: "Wait again, or send it with a higher fee under the same nonce: do not send it a second time.",
      cause,
    });
  }
}
