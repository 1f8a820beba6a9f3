import { hexlify } from "ethers";

import type { FrostCommitment } from "./FrostCommitment.js";
import { FrostError } from "./FrostError.js";
import type { FrostNonce } from "./FrostNonce.js";
import type { FrostShare } from "./FrostShare.js";
import { digestBytes } from "./internal/digestBytes.js";
import { suite } from "./internal/suite.js";
import { toFrostPublic } from "./internal/toFrostPublic.js";
import { requirePoints, toNonceCommitments } from "./internal/toNonceCommitments.js";
import type { NonceStore } from "./NonceStore.js";

export type CreateFrostSignatureShareOptions = {
  readonly share: FrostShare;
  /** From {@link commitFrostNonce}; spent by this call, whether or not it succeeds. */
  readonly nonce: FrostNonce;
  /** Of all who sign, this member included, in any order. */
  readonly commitments: readonly FrostCommitment[];
  /** 32 bytes. Check what it stands for before signing. */
  readonly digest: string;
  readonly store: NonceStore;
};

/**
 * Second round of signing: this member's share of the signature. The nonce is recorded as spent, durably, before anything is
 * computed with it.
 *
 * @returns 32 bytes.
 * @throws `FROST_NONCE_SPENT`; `FROST_NO_QUORUM`, `FROST_UNKNOWN_MEMBER`, `FROST_DUPLICATE_MEMBER`, `FROST_FORMAT` for the
 * commitments; `FROST_LENGTH` for the digest; `FROST_SHARE_DESTROYED`
 * @example
 * import { commitFrostNonce, createFrostSignatureShare, createMemoryNonceStore } from "@guildhall/sdk";
 * const store = createMemoryNonceStore();
 * const [first, second] = [frost.shares[0]!, frost.shares[1]!];
 * const nonce = await commitFrostNonce({ share: first, store });
 * const { commitment } = await commitFrostNonce({ share: second, store });
 * const commitments = [nonce.commitment, commitment];
 * const options = { share: first, nonce, commitments, digest: `0x${"11".repeat(32)}`, store };
 * assert.equal((await createFrostSignatureShare(options)).length, 2 + 64);
 * await assert.rejects(createFrostSignatureShare(options), { code: "FROST_NONCE_SPENT" });
 */
export async function createFrostSignatureShare({
  share,
  nonce,
  commitments,
  digest,
  store,
}: CreateFrostSignatureShareOptions): Promise<string> {
  // Taken first: two calls at the same time must not both get it.
  const secret = nonce.take();
  try {
    if (!(await store.spend(nonce.id))) throw new FrostError("FROST_NONCE_SPENT", { nonceId: nonce.id });
    const list = toNonceCommitments(share.group, commitments);
    const own = commitments.find(({ member }) => member === share.member);
    if (own?.hiding !== nonce.commitment.hiding || own.binding !== nonce.commitment.binding) {
      throw new FrostError("FROST_NONCE_SPENT", { nonceId: nonce.id });
    }
    const message = digestBytes(digest);
    try {
      return hexlify(share.use((key) => suite.signShare(key, toFrostPublic(share.group), secret, list, message)));
    } catch (error) {
      requirePoints(commitments);
      throw error;
    }
  } finally {
    secret.hiding.fill(0);
    secret.binding.fill(0);
  }
}
