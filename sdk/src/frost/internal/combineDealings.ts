import { secp256k1 } from "@noble/curves/secp256k1.js";
import { getBytes, hexlify } from "ethers";

import type { FrostGroup } from "../FrostGroup.js";
import { lagrangeAtZero } from "./lagrangeAtZero.js";
import { sharePointOf } from "./sharePointOf.js";

export type CombineDealingsOptions = {
  /** The old group. */
  readonly from: FrostGroup;
  readonly dealers: readonly string[];
  /** Each dealer's commitments, in the dealers' order. */
  readonly dealings: readonly (readonly string[])[];
  readonly members: readonly string[];
};

/** The new group: the dealers' polynomials, each weighted so that the constant terms add up to the old key. Public values only. */
export function combineDealings({ from, dealers, dealings, members }: CombineDealingsOptions): FrostGroup {
  const weights = lagrangeAtZero(dealers.map((dealer) => from.members.indexOf(dealer) + 1));
  const threshold = dealings[0]?.length ?? 0;
  const commitments = Array.from({ length: threshold }, (_, term) =>
    dealings.reduce((sum, dealing, index) => {
      const [point, weight] = [dealing[term], weights[index]];
      if (point === undefined || weight === undefined) return sum;
      return sum.add(secp256k1.Point.fromBytes(getBytes(point)).multiplyUnsafe(weight));
    }, secp256k1.Point.ZERO),
  );
  return {
    format: "guildhall-frost-group",
    version: 1,
    threshold,
    members: [...members],
    groupKey: from.groupKey,
    commitments: commitments.map((point) => hexlify(point.toBytes())),
    verifyingShares: members.map((_, index) => hexlify(sharePointOf(commitments, BigInt(index + 1)).toBytes())),
  };
}
