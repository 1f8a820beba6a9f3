import type { TypedData } from "../../core/signatures/TypedData.js";

/** The chain and the contract that documents are for. */
export type CertificatesPlace = {
  readonly chainId: bigint;
  /** The address of CertificateLedger. */
  readonly contract: string;
};

/**
 * The EIP-712 domain of what is signed about certificates.
 *
 * @example
 * import { certificatesDomain } from "@guildhall/sdk";
 * assert.equal(certificatesDomain({ chainId: 1n, contract }).name, "Guildhall CertificateLedger");
 */
export function certificatesDomain({ chainId, contract }: CertificatesPlace): TypedData["domain"] {
  return { name: "Guildhall CertificateLedger", version: "1", chainId, verifyingContract: contract };
}
