import type { Provider, Signer } from "ethers";
import { formatEther, formatUnits, keccak256 } from "ethers";

import { ScriptError } from "../support/ScriptError.js";
import { CREATE_X_ADDRESS, CREATE_X_CODE_HASH, installTransaction } from "./createX.js";

/**
 * Whether CreateX stands on the chain.
 *
 * @throws {ScriptError} `FactoryForged` when other code is at its address.
 */
export async function hasCreateX(provider: Provider): Promise<boolean> {
  const code = await provider.getCode(CREATE_X_ADDRESS);
  if (code === "0x") return false;
  const codeHash = keccak256(code);
  if (codeHash === CREATE_X_CODE_HASH) return true;
  throw new ScriptError(
    "FactoryForged",
    `The code at ${CREATE_X_ADDRESS} has the hash ${codeHash}, CreateX has ${CREATE_X_CODE_HASH}. Do not deploy through it.`,
    { address: CREATE_X_ADDRESS, expected: CREATE_X_CODE_HASH, actual: codeHash },
  );
}

/**
 * Installs CreateX where it is missing: funds the one-time account of its author's transaction, then sends that.
 *
 * @throws {ScriptError} `FactoryUnavailable` when the chain refuses the transaction.
 */
export async function installCreateX(provider: Provider, funder: Signer): Promise<void> {
  if (await hasCreateX(provider)) return;

  const transaction = await installTransaction();
  const { from: author, gasLimit, gasPrice, serialized } = transaction;
  if (author === null || gasPrice === null) throw unavailable("it carries an unreadable transaction");

  // The transaction's price is fixed; a chain with a higher base fee would keep it waiting for ever.
  const baseFee = (await provider.getBlock("latest"))?.baseFeePerGas ?? 0n;
  if (baseFee > gasPrice) {
    throw unavailable(
      `its price is ${formatUnits(gasPrice, "gwei")} gwei, the base fee ${formatUnits(baseFee, "gwei")}`,
    );
  }

  try {
    const missing = gasLimit * gasPrice - (await provider.getBalance(author));
    if (missing > 0n) await (await funder.sendTransaction({ to: author, value: missing })).wait();
    await (await provider.broadcastTransaction(serialized)).wait();
  } catch (cause) {
    // Somebody else may have sent it in the meantime.
    if (await hasCreateX(provider)) return;
    const cost = formatEther(gasLimit * gasPrice);
    throw unavailable(
      `the author's account ${author} needs ${cost} ether, and the node must take transactions without a chain id`,
      cause,
    );
  }
  if (!(await hasCreateX(provider))) throw unavailable("its transaction ran without leaving code");
}

function unavailable(reason: string, cause?: unknown): ScriptError {
  return new ScriptError(
    "FactoryUnavailable",
    `CreateX, the factory that gives equal addresses, is not at ${CREATE_X_ADDRESS} and could not be installed: ${reason}. See docs/deploying.md, "A chain without CreateX".`,
    { address: CREATE_X_ADDRESS },
    { cause },
  );
}
