import type { JsonRpcProvider } from "ethers";

/** Whether the chain lets its clock be set, as chains for development do. */
export async function canSetClock(provider: JsonRpcProvider): Promise<boolean> {
  try {
    await provider.send("evm_increaseTime", [0]);
    return true;
  } catch {
    return false;
  }
}

/** Makes a block at that moment. */
export async function setClock(provider: JsonRpcProvider, moment: number): Promise<void> {
  await provider.send("evm_setNextBlockTimestamp", [moment]);
  await provider.send("evm_mine", []);
}
