import type { Provider } from "ethers";

import { ConnectionError } from "../ConnectionError.js";
import { askNode } from "../errors/askNode.js";

/** Throws NO_CODE unless there is a contract at the address. */
export async function requireCode(provider: Provider, name: string, address: string): Promise<void> {
  const code = await askNode(() => provider.getCode(address), address);
  if (code !== "0x") return;
  throw new ConnectionError({
    code: "NO_CODE",
    args: { name, address },
    what: `There is no contract at ${address}, where ${name} should be.`,
    advice: "Check the chain and the address; on a local chain, deploy the suite first.",
  });
}
