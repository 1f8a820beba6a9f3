import { type TransactionRequest, type TransactionResponse, Wallet } from "ethers";

/** A key whose transactions go out one after the other, so that deals played at the same time do not take each other's nonce. */
export class SerialWallet extends Wallet {
  #last: Promise<unknown> = Promise.resolve();

  override sendTransaction(request: TransactionRequest): Promise<TransactionResponse> {
    const sent = this.#last.then(() => super.sendTransaction(request));
    this.#last = sent.catch(() => undefined);
    return sent;
  }
}
