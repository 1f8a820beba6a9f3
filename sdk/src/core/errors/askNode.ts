import { RpcError } from "./RpcError.js";
import { toGuildhallError } from "./toGuildhallError.js";
import { GuildhallError } from "./GuildhallError.js";

/**
 * As {@link withDecodedErrors}, for requests whose arguments are known to be right: then whatever ethers cannot make sense
 * of is what the node answered.
 */
export async function askNode<T>(run: () => Promise<T>, contract?: string): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const known = toGuildhallError(error, contract);
    if (known instanceof GuildhallError) throw known;
    throw new RpcError({
      code: "RPC_UNEXPECTED_ANSWER",
      args: { said: error instanceof Error ? error.message : String(error) },
      what: "The node's answer makes no sense.",
      advice: "Check that the RPC URL is that of an Ethereum node, or use another one.",
      cause: error,
    });
  }
}
