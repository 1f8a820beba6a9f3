import type { AbstractProvider, Network, Provider } from "ethers";

import { ConnectionError } from "../ConnectionError.js";
import { askNode } from "../errors/askNode.js";

/** Which chain a read is meant for, and whom to ask. */
export type ChainPlace = { readonly provider: Provider; readonly chainId: bigint };

/**
 * Asks a node, and beside it on which chain it is: a wallet may change its chain and a URL its node between two reads, and
 * another chain's answer looks like any other. Whatever ethers cannot make sense of is the node's answer.
 *
 * Errors: {@link ConnectionError} WRONG_CHAIN; {@link RpcError}; {@link ContractRevertError}.
 */
export async function readOnChain<T>(
  { provider, chainId }: ChainPlace,
  run: () => Promise<T>,
  contract?: string,
): Promise<T> {
  const [answer, network] = await Promise.allSettled([askNode(run, contract), askNode(() => networkOf(provider))]);
  // The chain first: on another one, whatever was answered says nothing.
  if (network.status === "fulfilled" && network.value.chainId !== chainId) {
    throw new ConnectionError({
      code: "WRONG_CHAIN",
      args: { expected: chainId, actual: network.value.chainId },
      what: `The node answers for chain ${network.value.chainId}, and the client is for chain ${chainId}.`,
      advice: "Switch the wallet or the RPC URL back, or connect anew.",
    });
  }
  if (answer.status === "rejected") throw answer.reason;
  if (network.status === "rejected") throw network.reason;
  return answer.value;
}

/**
 * The network as it is now: ethers' `getNetwork` tells the one before for one more time where any is allowed. ethers' class is
 * known by its method: naming the class would bring all of its providers into every bundle.
 */
async function networkOf(provider: Provider): Promise<Network> {
  return detectsNetwork(provider) ? provider._detectNetwork() : provider.getNetwork();
}

function detectsNetwork(provider: Provider): provider is AbstractProvider {
  return "_detectNetwork" in provider && typeof provider._detectNetwork === "function";
}
