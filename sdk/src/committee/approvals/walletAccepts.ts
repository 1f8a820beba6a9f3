import { AbiCoder, concat, type Provider } from "ethers";

import { ContractRevertError } from "../../core/errors/ContractRevertError.js";
import { askNode } from "../../core/errors/askNode.js";

const MAGIC = "0x1626ba7e";
/** What the registry lets a wallet answer with. The node adds the transaction's own cost to what a call gets. */
const WALLET_GAS = 400_000n + 21_000n;

/** Whether a wallet accepts a signature (ERC-1271), asked as the registry asks it: with bounded gas, one exact answer. */
export async function walletAccepts(
  provider: Provider,
  wallet: string,
  digest: string,
  signature: string,
): Promise<boolean> {
  const data = concat([MAGIC, AbiCoder.defaultAbiCoder().encode(["bytes32", "bytes"], [digest, signature])]);
  // Calldata is paid for by the transaction, not out of the wallet's gas: 16 for each byte at most.
  const gasLimit = WALLET_GAS + 40n * BigInt(data.length / 2);
  try {
    const answer = await askNode(() => provider.call({ to: wallet, data, gasLimit }), wallet);
    return answer.slice(0, 66) === MAGIC.padEnd(66, "0");
  } catch (error) {
    if (error instanceof ContractRevertError) return false;
    throw error;
  }
}
