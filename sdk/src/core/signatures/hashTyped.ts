import { TypedDataEncoder, type TypedDataField } from "ethers";

import { SignatureError } from "./SignatureError.js";
import type { TypedData } from "./TypedData.js";

/** ethers takes mutable types; it copies them and changes nothing. */
export function mutableTypes(types: TypedData["types"]): Record<string, TypedDataField[]> {
  return Object.fromEntries(Object.entries(types).map(([name, fields]) => [name, [...fields]]));
}

/**
 * The digest that an account signs: EIP-712 over the domain and the struct.
 *
 * Errors: {@link SignatureError} INVALID_TYPED_DATA where a value does not fit its type, or `primaryType` is not the one
 * struct that no other refers to.
 *
 * @example
 * import { hashTyped } from "@guildhall/sdk";
 * const digest = hashTyped({
 *   domain: { name: "Guildhall CommitteeRegistry", version: "1", chainId: 1n },
 *   types: { MemberApproval: [{ name: "member", type: "address" }, { name: "digest", type: "bytes32" }] },
 *   primaryType: "MemberApproval",
 *   message: { member: `0x${"11".repeat(20)}`, digest: `0x${"22".repeat(32)}` },
 * });
 * assert.match(digest, /^0x[0-9a-f]{64}$/);
 */
export function hashTyped({ domain, types, primaryType, message }: TypedData): string {
  const fields = mutableTypes(types);
  try {
    const actual = TypedDataEncoder.getPrimaryType(fields);
    if (actual === primaryType) return TypedDataEncoder.hash(domain, fields, message);
    throw new SignatureError({
      code: "INVALID_TYPED_DATA",
      args: { expected: primaryType, actual },
      what: `The typed data says it is a ${primaryType}, and its types make a ${actual}.`,
      advice: "Leave out the types that the struct does not use.",
    });
  } catch (error) {
    if (error instanceof SignatureError) throw error;
    throw new SignatureError({
      code: "INVALID_TYPED_DATA",
      args: { primaryType },
      what: `A ${primaryType} cannot be hashed: ${error instanceof Error ? error.message : String(error)}.`,
      advice: "Give every field a value of its type.",
      cause: error,
    });
  }
}
