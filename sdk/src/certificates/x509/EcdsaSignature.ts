/** An ECDSA signature in its two numbers. */
export type EcdsaSignature = { readonly r: bigint; readonly s: bigint };
