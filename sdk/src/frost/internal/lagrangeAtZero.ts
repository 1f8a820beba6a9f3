import { suite } from "./suite.js";

/** The factor of each index (place + 1) when values of a polynomial at those indexes are combined to its value at 0. */
export function lagrangeAtZero(indexes: readonly number[]): readonly bigint[] {
  const { Fn } = suite.utils;
  return indexes.map((own) =>
    indexes
      .filter((other) => other !== own)
      .reduce((product, other) => Fn.mul(product, Fn.div(BigInt(other), Fn.create(BigInt(other - own)))), Fn.ONE),
  );
}
