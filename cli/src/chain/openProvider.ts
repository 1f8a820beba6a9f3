import { FetchRequest, JsonRpcProvider, Network } from "ethers";

import { RpcError, withDecodedErrors } from "../../../sdk/src/index.js";
import { optionError } from "../optionError.js";

/** Milliseconds between two looks for a receipt. */
const POLLING_INTERVAL = 1_000;

/**
 * Connects to a node. It is asked once for its chain: ethers by itself would ask a node that is not there for ever. The URL
 * may hold an access key, so no error repeats it.
 *
 * Errors: {@link RpcError}; {@link CliError} CLI_OPTION.
 */
export async function openProvider(url: string): Promise<JsonRpcProvider> {
  if (!/^https?:\/\/./.test(url)) {
    throw optionError("--rpc is no URL of HTTP.", "Name one as in http://127.0.0.1:8545.");
  }
  const network = Network.from(await chainIdAt(url));
  return new JsonRpcProvider(new FetchRequest(url), network, {
    staticNetwork: network,
    pollingInterval: POLLING_INTERVAL,
    // What a transaction changed is read right after it.
    cacheTimeout: -1,
  });
}

async function chainIdAt(url: string): Promise<bigint> {
  const probe = new JsonRpcProvider(new FetchRequest(url));
  try {
    const [answer] = await withDecodedErrors(() =>
      probe._send({ id: 1, jsonrpc: "2.0", method: "eth_chainId", params: [] }),
    );
    const told = answer !== undefined && "result" in answer ? (answer.result as unknown) : undefined;
    if (typeof told === "string" && /^0x[0-9a-f]+$/i.test(told)) return BigInt(told);
  } catch (error) {
    if (error instanceof RpcError) throw error;
    throw unavailable(error);
  } finally {
    probe.destroy();
  }
  throw unavailable();
}

function unavailable(cause?: unknown): RpcError {
  return new RpcError({
    code: "RPC_UNAVAILABLE",
    args: {},
    what: "No node of a chain answers at --rpc.",
    advice: "Check the URL and the connection, then try again.",
    ...(cause === undefined ? {} : { cause }),
  });
}
