import { FrostError } from "./FrostError.js";
import type { FrostGroup } from "./FrostGroup.js";
import { identifierOf } from "./internal/identifierOf.js";
import { suite } from "./internal/suite.js";
import { toFrostPublic } from "./internal/toFrostPublic.js";

/**
 * One member's share of a group key.
 *
 * The secret is held in a private field: printing, spreading or `JSON.stringify` never shows it. Only
 * {@link serializeFrostShare} writes it out.
 *
 * @example
 * import { FrostShare } from "@guildhall/sdk";
 * const share: FrostShare = frost.shares[0]!;
 * assert.deepEqual(Object.keys(JSON.parse(JSON.stringify(share))), ["member", "groupKey"]);
 */
export class FrostShare {
  readonly member: string;
  readonly group: FrostGroup;
  readonly #secret: Uint8Array;
  #destroyed = false;

  /**
   * @param secret - 32 bytes; copied, so that the caller can overwrite its own.
   * @throws `FROST_UNKNOWN_MEMBER`, `FROST_SHARE_MISMATCH`
   */
  constructor(member: string, group: FrostGroup, secret: Uint8Array) {
    const identifier = identifierOf(group.members, member);
    try {
      suite.validateSecret({ identifier, signingShare: secret }, toFrostPublic(group));
    } catch {
      // The library's reason is dropped: what it says about a secret stays here.
      throw new FrostError("FROST_SHARE_MISMATCH", { member });
    }
    this.member = member;
    this.group = group;
    this.#secret = Uint8Array.from(secret);
  }

  /** Lends the secret to a function. The bytes lent are overwritten when it returns. */
  use<T>(borrow: (secret: { readonly identifier: string; readonly signingShare: Uint8Array }) => T): T {
    if (this.#destroyed) throw new FrostError("FROST_SHARE_DESTROYED", { member: this.member });
    const signingShare = Uint8Array.from(this.#secret);
    try {
      return borrow({ identifier: identifierOf(this.group.members, this.member), signingShare });
    } finally {
      signingShare.fill(0);
    }
  }

  /** Overwrites the secret. JavaScript may have kept copies in numbers that nobody can overwrite. */
  destroy(): void {
    this.#secret.fill(0);
    this.#destroyed = true;
  }

  get isDestroyed(): boolean {
    return this.#destroyed;
  }

  toJSON(): { readonly member: string; readonly groupKey: string } {
    return { member: this.member, groupKey: this.group.groupKey };
  }
}
