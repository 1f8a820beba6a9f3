import type { Provider } from "ethers";

import { ScriptError } from "../support/ScriptError.js";

/** MCOPY and TLOAD, which Cancun brought, with PUSH0, which Shanghai did; then STOP. */
const CANCUN_PROBE = "0x5f5f5f5e5f5c5000";

/**
 * Whether the chain runs what the compiler emitted.
 *
 * @throws {ScriptError} `ChainTooOld` when it does not.
 */
export async function checkChain(provider: Provider): Promise<void> {
  try {
    await provider.call({ data: CANCUN_PROBE });
  } catch (cause) {
    const { chainId } = await provider.getNetwork();
    throw new ScriptError(
      "ChainTooOld",
      `Chain ${chainId} does not run the instructions of the Cancun hard fork. Activate Cancun or a later fork in its genesis file.`,
      { chainId },
      { cause },
    );
  }
}
