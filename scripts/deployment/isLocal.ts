import type { Provider } from "ethers";

import { LOCAL_CHAIN_ID } from "./Deployment.js";

/** Whether this is Hardhat's or Foundry's local chain, which starts afresh each time. */
export async function isLocal(provider: Provider): Promise<boolean> {
  return Number((await provider.getNetwork()).chainId) === LOCAL_CHAIN_ID;
}
