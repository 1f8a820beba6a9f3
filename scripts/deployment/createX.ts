import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { AbiCoder, getCreate2Address, id, keccak256, Transaction } from "ethers";

/**
 * CreateX, the factory through which Ignition's create2 strategy deploys. It has the same address on every chain, since
 * whoever installs it sends the one transaction that its author signed for all chains.
 */
export const CREATE_X_ADDRESS = "0xba5Ed099633D3B313e4D5F7bdc1305d3c28ba5Ed";

/** The Keccak-256 hash of its runtime code. */
export const CREATE_X_CODE_HASH = "0xbd8a7ea8cfca7b4e5f5041d7d4b17bc317c5ce42cfbc42066a00cf26b43eb53f";

/** The salt of every contract of the suite. It never changes: another code has another address anyway. */
export const SALT = id("Guildhall");

/** The topic of CreateX's `ContractCreation(address indexed newContract, bytes32 indexed salt)`. */
export const CONTRACT_CREATION_TOPIC = id("ContractCreation(address,bytes32)");

/** Where CreateX deploys `initCode` under the suite's salt, whoever asks. */
export function addressOf(initCode: string): string {
  return addressOfHash(keccak256(initCode));
}

/** The same from the hash of the init code. */
export function addressOfHash(initCodeHash: string): string {
  // CreateX hashes a salt that names neither a sender nor a chain once more.
  const guarded = keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32"], [SALT]));
  return getCreate2Address(CREATE_X_ADDRESS, guarded, initCodeHash);
}

/** The transaction that installs CreateX on a chain, signed by its author for all chains. */
export async function installTransaction(): Promise<Transaction> {
  // Ignition carries it, but exports it only to itself.
  const entry = createRequire(import.meta.url).resolve("@nomicfoundation/ignition-core");
  const file = join(dirname(entry), "internal/execution/strategy/createx-artifact.js");
  const { presignedTx } = (await import(pathToFileURL(file).href)) as { presignedTx: string };
  return Transaction.from(presignedTx);
}
