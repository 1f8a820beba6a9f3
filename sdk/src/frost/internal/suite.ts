import { secp256k1_FROST } from "@noble/curves/secp256k1.js";

/** RFC 9591 FROST(secp256k1, SHA-256). */
export const suite = secp256k1_FROST;
