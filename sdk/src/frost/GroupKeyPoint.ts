/** A group key as the registry takes it: an affine point of secp256k1. */
export type GroupKeyPoint = {
  readonly x: bigint;
  readonly y: bigint;
};
