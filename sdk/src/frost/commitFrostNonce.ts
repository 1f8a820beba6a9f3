import { hexlify } from "ethers";

import { FrostError } from "./FrostError.js";
import { FrostNonce } from "./FrostNonce.js";
import type { FrostShare } from "./FrostShare.js";
import { suite } from "./internal/suite.js";
import type { NonceStore } from "./NonceStore.js";

/**
 * First round of signing: makes a nonce and records it, and only then gives its commitment out.
 *
 * @throws `FROST_NONCE_REPEATED` where the random source repeats itself, `FROST_SHARE_DESTROYED`
 * @example
 * import { commitFrostNonce, createMemoryNonceStore } from "@guildhall/sdk";
 * const share = frost.shares[0]!;
 * const nonce = await commitFrostNonce({ share, store: createMemoryNonceStore() });
 * assert.equal(nonce.commitment.member, share.member);
 */
export async function commitFrostNonce({
  share,
  store,
}: {
  readonly share: FrostShare;
  readonly store: NonceStore;
}): Promise<FrostNonce> {
  const { nonces, commitments } = share.use((secret) => suite.commit(secret));
  const commitment = {
    member: share.member,
    hiding: hexlify(commitments.hiding),
    binding: hexlify(commitments.binding),
  };
  const nonce = new FrostNonce(commitment, nonces);
  if (!(await store.reserve(nonce.id))) {
    nonce.destroy();
    throw new FrostError("FROST_NONCE_REPEATED", { nonceId: nonce.id });
  }
  return nonce;
}
