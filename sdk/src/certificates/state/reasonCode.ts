import { type RevocationReason, revocationReasons } from "./names.js";

/**
 * The number of a CRLReason.
 *
 * @example
 * import { reasonCode } from "@guildhall/sdk";
 * assert.equal(reasonCode("keyCompromise"), 1);
 * assert.equal(reasonCode("aACompromise"), 10);
 */
export function reasonCode(reason: RevocationReason): number {
  return revocationReasons.indexOf(reason);
}
