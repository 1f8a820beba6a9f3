import type { Provider, TransactionReceipt, TransactionResponse } from "ethers";

import { toGuildhallError } from "../errors/toGuildhallError.js";
import type { ContractAction } from "./ContractAction.js";
import { explainFailure } from "./explainFailure.js";
import { TransactionError } from "./TransactionError.js";

/** How long to wait for a transaction. */
export type WaitOptions = {
  /** Blocks that must hold it, itself included; 1 by default. */
  readonly confirmations?: number;
  /** Milliseconds after which waiting ends with TRANSACTION_NOT_MINED; by default there is no end. */
  readonly timeout?: number;
};

type Replaced = {
  readonly code: "TRANSACTION_REPLACED";
  readonly cancelled: boolean;
  readonly reason: "repriced" | "cancelled" | "replaced";
  readonly replacement: TransactionResponse;
  readonly receipt: TransactionReceipt;
};

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}

function receiptOf(error: unknown): TransactionReceipt | undefined {
  const receipt: unknown =
    typeof error === "object" && error !== null && "receipt" in error ? error.receipt : undefined;
  return typeof receipt === "object" && receipt !== null ? (receipt as TransactionReceipt) : undefined;
}

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

  constructor(action: ContractAction<T>, response: TransactionResponse, provider: Provider) {
    this.hash = response.hash;
    this.#action = action;
    this.#response = response;
    this.#provider = provider;
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
    let receipt: TransactionReceipt | null;
    try {
      receipt = await this.#response.wait(confirmations, timeout);
    } catch (error) {
      receipt = await this.#settle(error);
    }
    if (receipt === null) throw this.#notMined(undefined);
    return receipt;
  }

  /** The receipt behind an error of waiting, where there is a good one; else throws the reason. */
  async #settle(error: unknown): Promise<TransactionReceipt> {
    switch (codeOf(error)) {
      case "TRANSACTION_REPLACED":
        return this.#replaced(error as Replaced);
      case "TIMEOUT":
        throw this.#notMined(error);
      case "CALL_EXCEPTION": {
        const receipt = receiptOf(error);
        if (receipt !== undefined) throw await explainFailure(this.#provider, this.#response, receipt, error);
        break;
      }
      default:
    }
    throw toGuildhallError(error, this.#action.to);
  }

  async #replaced(error: Replaced): Promise<TransactionReceipt> {
    const { replacement, receipt, reason } = error;
    if (reason === "repriced") {
      if (receipt.status === 1) return receipt;
      throw await explainFailure(this.#provider, replacement, receipt, error);
    }
    const cancelled = reason === "cancelled";
    throw new TransactionError({
      code: cancelled ? "TRANSACTION_CANCELLED" : "TRANSACTION_REPLACED",
      args: { hash: this.hash, replacement: replacement.hash, nonce: this.#response.nonce },
      what: `Transaction ${this.hash} was ${cancelled ? "cancelled" : "replaced"} by ${replacement.hash} under the same nonce ${this.#response.nonce}.`,
      advice: cancelled
        ? "Send it again if it was cancelled by mistake."
        : "Look at what the sender sent instead, and send this again if it is still needed.",
      cause: error,
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
