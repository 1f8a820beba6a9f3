import type { NetworkConnection } from "hardhat/types/network";

/** Whether the node makes a block at each transaction and only then, as development nodes do: nothing to wait for there. */
export async function minesAtOnce(connection: NetworkConnection<"l1">): Promise<boolean> {
  try {
    return (await connection.provider.request({ method: "hardhat_getAutomine" })) === true;
  } catch {
    return false;
  }
}
