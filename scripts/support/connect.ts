import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { NetworkConnection } from "hardhat/types/network";

import { ScriptError } from "./ScriptError.js";

/**
 * A connection to a network of hardhat.config.ts, at another URL when one is given.
 *
 * @throws {ScriptError} `NetworkUnknown`, or `NetworkUnreachable` when nothing answers.
 */
export async function connect(
  hre: HardhatRuntimeEnvironment,
  network: string | undefined,
  rpcUrl: string | undefined,
): Promise<NetworkConnection<"l1">> {
  if (network === undefined || !(network in hre.config.networks)) {
    const known = Object.keys(hre.config.networks).join(", ");
    throw new ScriptError("NetworkUnknown", `Name a network: --network with one of ${known}.`, { network });
  }
  const connection = await hre.network.create<"l1">({
    network,
    ...(rpcUrl === undefined ? {} : { override: { url: rpcUrl } }),
  });
  try {
    await connection.provider.request({ method: "eth_chainId" });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new ScriptError(
      "NetworkUnreachable",
      `Network ${network}${rpcUrl === undefined ? "" : ` at ${rpcUrl}`} does not answer: ${reason}. Start the node, or correct the URL.`,
      { network },
      { cause },
    );
  }
  return connection;
}
