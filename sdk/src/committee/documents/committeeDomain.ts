import type { TypedData } from "../../core/signatures/TypedData.js";
import type { CommitteePlace } from "../CommitteePlace.js";

/**
 * The EIP-712 domain of what committees sign about themselves.
 *
 * @example
 * import { committeeDomain } from "@guildhall/sdk";
 * assert.equal(committeeDomain({ chainId: 1n, registry: contract }).name, "Guildhall CommitteeRegistry");
 */
export function committeeDomain({ chainId, registry }: CommitteePlace): TypedData["domain"] {
  return { name: "Guildhall CommitteeRegistry", version: "1", chainId, verifyingContract: registry };
}
