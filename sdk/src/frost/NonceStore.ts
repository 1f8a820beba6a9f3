/**
 * Remembers which nonces exist and which are spent, so that none is ever used twice. It never sees a secret: nonces live in
 * memory alone, and only their ids are stored.
 *
 * Both calls resolve only once the record is durable. A store that is opened again after a crash treats every reserved
 * nonce as discarded: the memory that held it is gone, and nothing may bring it back.
 */
export type NonceStore = {
  /** Records a new nonce before its commitment leaves. `false` where the id was ever recorded before. */
  readonly reserve: (nonceId: string) => Promise<boolean>;
  /** Records, before a signature share leaves, that the nonce is spent. `true` exactly once for each reserved nonce. */
  readonly spend: (nonceId: string) => Promise<boolean>;
};
