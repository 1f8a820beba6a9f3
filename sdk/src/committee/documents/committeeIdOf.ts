import { AbiCoder, id, keccak256 } from "ethers";

const COMMITTEE_TYPEHASH = id("Committee(address creator,bytes32 salt)");

/**
 * A committee's id: it follows from who creates it and the salt, so it is known before it is created.
 *
 * @example
 * import { committeeIdOf } from "@guildhall/sdk";
 * assert.equal(committeeIdOf({ creator: wallet.address, salt: `0x${"00".repeat(32)}` }).length, 66);
 */
export function committeeIdOf({ creator, salt }: { readonly creator: string; readonly salt: string }): string {
  const encoded = AbiCoder.defaultAbiCoder().encode(
    ["bytes32", "address", "bytes32"],
    [COMMITTEE_TYPEHASH, creator, salt],
  );
  return keccak256(encoded);
}
