import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

import { ScriptError } from "../../support/ScriptError.js";

/** The configuration variable with the key that pays, on a chain without unlocked accounts. */
const KEY = "GUILDHALL_DEMO_KEY";

/**
 * Connects to the chain with an account that pays for everything: that of the configuration variable where it is in the
 * environment, else the node's first unlocked account, else that of the configuration variable in the keystore.
 *
 * @throws {ScriptError} `ChainUnreachable`; Hardhat's own error where the variable is nowhere.
 */
export async function connectFunder(url: string): Promise<NetworkConnection<"l1">> {
  const open = (network: "localhost" | "demo"): Promise<NetworkConnection<"l1">> =>
    hre.network.create<"l1">({ network, override: { url } });
  const node = await open("localhost");
  const unlocked = await accountsOf(node, url);
  return process.env[KEY] === undefined && unlocked.length > 0 ? node : open("demo");
}

async function accountsOf(node: NetworkConnection<"l1">, url: string): Promise<readonly string[]> {
  try {
    return (await node.provider.request({ method: "eth_accounts" })) as readonly string[];
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    throw new ScriptError(
      "ChainUnreachable",
      `${url} does not answer: ${reason} Start the node, or correct the URL.`,
      { url },
      { cause },
    );
  }
}
