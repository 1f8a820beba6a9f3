import type { TransactionReceipt } from "ethers";

/** A call of a contract, ready to be sent, and how to read what it did. Pure data: making one does no I/O. */
export type ContractAction<T> = {
  /** The function's name, for messages. */
  readonly name: string;
  readonly to: string;
  readonly data: string;
  /** The event that tells the result. */
  readonly event: string;
  /** Reads the result from the receipt; undefined where the event is missing. */
  readonly read: (receipt: TransactionReceipt) => T | undefined;
};
