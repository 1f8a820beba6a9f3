/** The order of secp256k1's group. */
export const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
/** The highest `s` that counts. */
export const HALF_ORDER = ORDER >> 1n;
