import type { Provider } from "ethers";

/** A transaction that is still not taken after this long waits for a better price, which is Ignition's business. */
const PATIENCE_MS = 120_000;

/**
 * Waits until what an account sent earlier is final: Ignition refuses to begin beside transactions that it did not send,
 * as those of a killed run, or of the factory's installation.
 */
export async function settle(provider: Provider, account: string, confirmations: number): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (Date.now() < end) {
    const safe = Math.max(0, (await provider.getBlockNumber()) - confirmations + 1);
    const [final, pending] = await Promise.all([
      provider.getTransactionCount(account, safe),
      provider.getTransactionCount(account, "pending"),
    ]);
    if (final >= pending) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
