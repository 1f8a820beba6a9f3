import { hexlify, keccak256, toUtf8Bytes } from "ethers";

import type { FrostShare } from "./FrostShare.js";

/**
 * Writes a share out as JSON, secret included: encrypt it before it is stored.
 *
 * @returns JSON with `format`, `version` and a checksum that {@link parseFrostShare} checks.
 * @throws `FROST_SHARE_DESTROYED`
 * @example
 * import { parseFrostShare, serializeFrostShare } from "@guildhall/sdk";
 * const json = serializeFrostShare(frost.shares[0]!);
 * assert.equal(parseFrostShare(json).member, frost.shares[0]!.member);
 */
export function serializeFrostShare(share: FrostShare): string {
  const content = share.use(({ signingShare }) => ({
    format: "guildhall-frost-share",
    version: 1,
    member: share.member,
    group: share.group,
    secret: hexlify(signingShare),
  }));
  return JSON.stringify({ ...content, checksum: keccak256(toUtf8Bytes(JSON.stringify(content))) });
}
