import type { Provider, TransactionReceipt, TransactionResponse } from "ethers";

import { askNode } from "../errors/askNode.js";
import { checkReceipt } from "./checkReceipt.js";
import { findReplacement, type Replacement, type ReplacementSearch } from "./findReplacement.js";

/** What to wait for, and for how long. */
export type WaitForReceiptParameters = {
  readonly provider: Provider;
  readonly response: TransactionResponse;
  /** Where to look for what replaces it. */
  readonly search: ReplacementSearch;
  readonly confirmations: number;
  /** Milliseconds; without it there is no end. */
  readonly timeout?: number | undefined;
};

/** How waiting ended. `cause` is what the node did wrong last, where it did. */
export type WaitOutcome =
  | { readonly kind: "mined"; readonly receipt: TransactionReceipt }
  | { readonly kind: "replaced"; readonly replacement: Replacement }
  | { readonly kind: "timeout" | "failed"; readonly cause: unknown };

/**
 * Waits until a transaction, or what replaced it, has its confirmations: looks at once and at every new block. What the
 * node does wrong while there is a timeout is forgiven until the time is over; without one it ends the waiting.
 *
 * ethers' own waiting begins its timeout only after the node's first answer, takes any receipt for the one asked for, and
 * leaves a rejection unhandled where the node fails later.
 */
export async function waitForReceipt(parameters: WaitForReceiptParameters): Promise<WaitOutcome> {
  const { provider, timeout = 0 } = parameters;
  let stop: () => Promise<unknown> = () => Promise.resolve();
  const outcome = new Promise<WaitOutcome>((resolve) => {
    let looking = false;
    let cause: unknown;
    const look = async (): Promise<void> => {
      if (looking) return;
      looking = true;
      try {
        const found = await askNode(() => lookOnce(parameters));
        if (found !== undefined) resolve(found);
      } catch (error) {
        cause = error;
        if (timeout === 0) resolve({ kind: "failed", cause });
      } finally {
        looking = false;
      }
    };
    const onBlock = (): void => {
      void look();
    };
    const giveUp = (): void => {
      resolve({ kind: "timeout", cause });
    };
    const timer = timeout === 0 ? undefined : setTimeout(giveUp, timeout);
    stop = () => {
      clearTimeout(timer);
      return provider.off("block", onBlock);
    };
    void provider.on("block", onBlock);
    void look();
  });
  try {
    return await outcome;
  } finally {
    await stop();
  }
}

async function lookOnce({
  provider,
  response,
  search,
  confirmations,
}: WaitForReceiptParameters): Promise<WaitOutcome | undefined> {
  const receipt = await provider.getTransactionReceipt(response.hash);
  if (receipt !== null) {
    const confirmed = await checkReceipt(provider, response.hash, receipt);
    return confirmed > 0 && confirmed >= confirmations ? { kind: "mined", receipt } : undefined;
  }
  const replacement = await findReplacement(search, response);
  if (replacement === undefined) return undefined;
  const confirmed = await checkReceipt(provider, replacement.transaction.hash, replacement.receipt);
  return confirmed > 0 && confirmed >= confirmations ? { kind: "replaced", replacement } : undefined;
}
