import type { Nonces } from "@noble/curves/abstract/frost.js";
import { concat, keccak256 } from "ethers";

import type { FrostCommitment } from "./FrostCommitment.js";
import { FrostError } from "./FrostError.js";

/** A secret nonce that signs at most once. It exists in memory alone and cannot be written out. */
export class FrostNonce {
  /** Names the nonce in a {@link NonceStore}: the hash of its commitment. */
  readonly id: string;
  readonly commitment: FrostCommitment;
  #secret: Nonces | undefined;

  constructor(commitment: FrostCommitment, secret: Nonces) {
    this.id = keccak256(concat([commitment.hiding, commitment.binding]));
    this.commitment = commitment;
    this.#secret = secret;
  }

  /** Hands the secret out, once. @throws `FROST_NONCE_SPENT` the second time */
  take(): Nonces {
    const secret = this.#secret;
    if (secret === undefined) throw new FrostError("FROST_NONCE_SPENT", { nonceId: this.id });
    this.#secret = undefined;
    return secret;
  }

  /** Overwrites the secret of a nonce that is not needed. */
  destroy(): void {
    this.#secret?.hiding.fill(0);
    this.#secret?.binding.fill(0);
    this.#secret = undefined;
  }
}
