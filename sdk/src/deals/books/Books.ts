import type { Address } from "../../core/documents/Hex.js";
import type { Claim } from "./reckonClaims.js";

/** The contract's books in one token. */
export type Books = {
  readonly token: Address;
  /** The block at which they are drawn. */
  readonly blockNumber: number;
  /** What the contract holds, in base units. */
  readonly held: bigint;
  /** What it owes, in base units: the sum of the claims. */
  readonly owed: bigint;
  /** `held - owed`: 0 unless somebody sent tokens to the contract for nothing. */
  readonly surplus: bigint;
  readonly claims: readonly Claim[];
};
