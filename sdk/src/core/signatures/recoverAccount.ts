import { recoverAddress, Signature } from "ethers";

import { HALF_ORDER } from "./secp256k1Order.js";

const SIGN_BIT = 1n << 255n;

/**
 * The account whose key made a signature, by the contracts' own rule: 65 bytes `r ‖ s ‖ v` with v 27 or 28, or 64 bytes
 * `r ‖ vs` (ERC-2098), with a low s. Undefined where there is none.
 *
 * @example
 * import { recoverAccount } from "@guildhall/sdk";
 * assert.equal(recoverAccount(`0x${"00".repeat(32)}`, "0x1234"), undefined);
 */
export function recoverAccount(digest: string, signature: string): string | undefined {
  if (!/^0x(?:[0-9a-fA-F]{128}|[0-9a-fA-F]{130})$/.test(signature)) return undefined;
  const r = signature.slice(0, 66);
  const second = BigInt(`0x${signature.slice(66, 130)}`);
  const compact = signature.length === 130;
  const s = compact ? second & ~SIGN_BIT : second;
  const v = compact ? 27 + Number(second >> 255n) : Number.parseInt(signature.slice(130), 16);
  if (s > HALF_ORDER || (v !== 27 && v !== 28)) return undefined;
  try {
    return recoverAddress(
      digest,
      Signature.from({ r, s: `0x${s.toString(16).padStart(64, "0")}`, v: v === 27 ? 27 : 28 }),
    );
  } catch {
    return undefined; // r is no point's x, or s is 0
  }
}
