import { AbiCoder, id, keccak256 } from "ethers";

const POOL_TYPEHASH = id("Pool(address operator,bytes32 salt)");

/**
 * A pool's id: it follows from its operator and the salt, so it is known before the pool is created. As a number it is the id
 * of the pool's units in ERC-1155.
 *
 * @example
 * import { poolIdOf } from "@guildhall/sdk";
 * assert.equal(poolIdOf({ operator: wallet.address, salt: `0x${"00".repeat(32)}` }).length, 66);
 */
export function poolIdOf({ operator, salt }: { readonly operator: string; readonly salt: string }): string {
  const types = ["bytes32", "address", "bytes32"];
  return keccak256(AbiCoder.defaultAbiCoder().encode(types, [POOL_TYPEHASH, operator, salt]));
}
