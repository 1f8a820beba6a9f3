import { secp256k1 } from "@noble/curves/secp256k1.js";
import { getBytes, hexlify, isHexString } from "ethers";

import { FrostError } from "./FrostError.js";
import type { FrostGroup } from "./FrostGroup.js";
import { requireThreshold } from "./internal/requireThreshold.js";
import { sharePointOf } from "./internal/sharePointOf.js";

const POINT_BYTES = 33;

/**
 * Reads a group from a parsed JSON value and checks that it is consistent: points on the curve, verifying shares on the
 * committed polynomial. Where it comes from is not checked: compare its `groupKey` with the registered one.
 *
 * @throws `FROST_FORMAT`, `FROST_THRESHOLD`, `FROST_DUPLICATE_MEMBER`
 * @example
 * import { parseFrostGroup } from "@guildhall/sdk";
 * assert.throws(() => parseFrostGroup({ format: "something else" }), { code: "FROST_FORMAT" });
 */
export function parseFrostGroup(value: unknown): FrostGroup {
  const fields = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  if (fields["format"] !== "guildhall-frost-group") throw unreadable("it is no FROST group");
  if (fields["version"] !== 1) throw unreadable(`version ${String(fields["version"])} is not 1`);
  const { threshold } = fields;
  const members = fields["members"];
  if (!Array.isArray(members) || !members.every((member) => typeof member === "string")) {
    throw unreadable("members are no list of names");
  }
  if (typeof threshold !== "number") throw unreadable("the threshold is no number");
  requireThreshold(members, threshold);
  const commitments = pointsOf(fields["commitments"], threshold, "commitments");
  const verifyingShares = pointsOf(fields["verifyingShares"], members.length, "verifyingShares");
  const [groupKey] = commitments;
  if (groupKey === undefined || groupKey !== fields["groupKey"]) {
    throw unreadable("the group key is not the first commitment");
  }
  const committed = commitments.map((point) => secp256k1.Point.fromBytes(getBytes(point)));
  verifyingShares.forEach((share, index) => {
    if (hexlify(sharePointOf(committed, BigInt(index + 1)).toBytes()) !== share) {
      throw unreadable(`the verifying share of ${members[index] ?? index} does not fit the commitments`);
    }
  });
  return { format: "guildhall-frost-group", version: 1, threshold, members, groupKey, commitments, verifyingShares };
}

function pointsOf(value: unknown, count: number, name: string): readonly string[] {
  if (!Array.isArray(value) || value.length !== count) throw unreadable(`${name} are not ${count} points`);
  return value.map((point: unknown) => {
    if (!isHexString(point, POINT_BYTES)) throw unreadable(`${name} hold something that is no compressed point`);
    try {
      return hexlify(secp256k1.Point.fromBytes(getBytes(point)).toBytes());
    } catch {
      throw unreadable(`${name} hold a point off the curve`);
    }
  });
}

function unreadable(reason: string): FrostError {
  return new FrostError("FROST_FORMAT", { document: "FROST group", reason });
}
