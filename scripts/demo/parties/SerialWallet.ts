import { type TransactionRequest, type TransactionResponse, Wallet } from "ethers";

/** A key whose transactions go out one after the other, so that deals played at the same time do not take each other's nonce. */
export class SerialWallet extends Wallet {
  /** What it has sent so far: the hashes, in order. */
  readonly sent: string[] = [];
  #last: Promise<unknown> = Promise.resolve();

  override sendTransaction(request: TransactionRequest): Promise<TransactionResponse> {
    const sent = this.#last.then(async () => {
      const response = await super.sendTransaction(request);
      this.sent.push(response.hash);
      return response;
    });
    this.#last = sent.catch(() => undefined);
    return sent;
  }
}
