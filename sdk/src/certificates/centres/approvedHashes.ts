import { ZeroHash } from "ethers";

import type { CertificationResult } from "../CertificationResult.js";

/**
 * The hashes that a result has by the ledger's rule, of a draft's: an approval is of the certificate where it was signed
 * already, else of the part to be signed; a rejection is of neither.
 */
export function approvedHashes({
  approved,
  tbsHash,
  contentHash,
}: Pick<CertificationResult, "approved" | "tbsHash" | "contentHash">): Pick<
  CertificationResult,
  "tbsHash" | "contentHash"
> {
  if (!approved) return { tbsHash: ZeroHash, contentHash: ZeroHash };
  return contentHash === ZeroHash ? { tbsHash, contentHash } : { tbsHash: ZeroHash, contentHash };
}
