import { secp256k1, secp256k1_FROST } from "@noble/curves/secp256k1.js";
import { concat, getBytes, hexlify, toBeHex, toBigInt } from "ethers";

type RandomBytes = (length?: number) => Uint8Array<ArrayBuffer>;
type Shares = ReturnType<typeof secp256k1_FROST.trustedDealer>;

/** A FROST group dealt by one hand: good for tests, where nobody has to trust the dealer. */
export type FrostGroup = {
  readonly shares: Shares;
  readonly threshold: number;
  readonly key: { readonly x: bigint; readonly y: bigint };
};

/** A signature in the form the contracts take: R uncompressed. */
export type FrostSignature = { readonly rx: bigint; readonly ry: bigint; readonly z: bigint };

/** The affine coordinates of a compressed point. */
export function pointOf(compressed: Uint8Array): { x: bigint; y: bigint } {
  const { x, y } = secp256k1.Point.fromBytes(compressed).toAffine();
  return { x, y };
}

/** Deals the shares of a new group. */
export function dealFrostGroup(threshold: number, size: number, random?: RandomBytes): FrostGroup {
  const shares = secp256k1_FROST.trustedDealer({ min: threshold, max: size }, undefined, undefined, random);
  return { shares, threshold, key: pointOf(shares.public.commitments[0]!) };
}

/** Signs a digest with the first `threshold` members of the group, in RFC 9591's two rounds. */
export function signWithFrostGroup(group: FrostGroup, digest: string, random?: RandomBytes): FrostSignature {
  const message = getBytes(digest);
  const signers = Object.values(group.shares.secretShares).slice(0, group.threshold);
  const rounds = signers.map((secret) => ({ secret, ...secp256k1_FROST.commit(secret, random) }));
  const commitments = rounds.map((round) => round.commitments);
  const shares = Object.fromEntries(
    rounds.map(({ secret, nonces }) => [
      secret.identifier,
      secp256k1_FROST.signShare(secret, group.shares.public, nonces, commitments, message),
    ]),
  );
  const signature = secp256k1_FROST.aggregate(group.shares.public, commitments, message, shares);
  const { x, y } = pointOf(signature.subarray(0, 33));
  return { rx: x, ry: y, z: toBigInt(signature.subarray(33)) };
}

/** The approval of the FROST scheme: `0x02 ‖ Rx ‖ Ry ‖ z`. */
export function frostApproval({ rx, ry, z }: FrostSignature): string {
  return concat(["0x02", toBeHex(rx, 32), toBeHex(ry, 32), toBeHex(z, 32)]);
}

export const randomDigest = (random: RandomBytes): string => hexlify(random(32));
