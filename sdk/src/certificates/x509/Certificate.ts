import type { EcdsaSignature } from "./EcdsaSignature.js";
import type { TbsFacts } from "./TbsFacts.js";

/** What a certificate says. Nothing of it is checked but its form: see `checkCertificate`. */
export type Certificate = TbsFacts & {
  /** The whole certificate. */
  readonly der: Uint8Array;
  /** SHA-256 of the whole, as hex: what the ledger knows it by. */
  readonly contentHash: string;
  readonly signature: Uint8Array;
  /** The two numbers, where the issuer signs by ECDSA: what a contract checks where its key is P-256. */
  readonly ecdsa?: EcdsaSignature;
};
