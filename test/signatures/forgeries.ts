import { concat, dataLength, dataSlice, hexlify, toBeHex } from "ethers";

import { highS } from "../helpers/deals.js";
import { digestOf } from "./digestOf.js";
import { inForm } from "./honest.js";
import type { Situation, Typed } from "./Slot.js";

/** What somebody makes of an honest signature. */
export type Forgery = {
  readonly name: string;
  /** The lengths of which there is such a one; every length where this says nothing. */
  readonly lengths?: readonly number[];
  readonly forge: (made: string, situation: Situation) => string;
};

const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

export const FORGERIES: readonly Forgery[] = [
  { name: "a high s", lengths: [65], forge: (made) => highS(made) },
  {
    name: "an s one above half of the order",
    lengths: [64, 65],
    forge: (made) => concat([dataSlice(made, 0, 32), toBeHex(HALF_ORDER + 1n, 32), dataSlice(made, 64)]),
  },
  {
    name: "the other parity",
    lengths: [64],
    forge: (made) => concat([dataSlice(made, 0, 32), toBeHex(BigInt(dataSlice(made, 32)) ^ (1n << 255n), 32)]),
  },
  { name: "the other v", lengths: [65], forge: (made) => withV(made, (v) => 55 - v) },
  { name: "v counted from zero", lengths: [65], forge: (made) => withV(made, (v) => v - 27) },
  { name: "v of a transaction", lengths: [65], forge: (made) => withV(made, (v) => v + 8) },
  { name: "one cut to 32 bytes", forge: (made) => dataSlice(made, 0, 32) },
  {
    // 65 bytes without their last one may be the 64 that say the same.
    name: "one cut by a byte or two",
    forge: (made) => dataSlice(made, 0, dataLength(made) === 65 ? 63 : dataLength(made) - 1),
  },
  { name: "one with a byte too many", forge: (made) => concat([made, "0x00"]) },
  { name: "one of zeros", forge: (made) => hexlify(new Uint8Array(dataLength(made))) },
  {
    name: "one whose last bit differs",
    forge: (made) => {
      const rest = dataLength(made) - 1;
      return concat([dataSlice(made, 0, rest), Uint8Array.of(Number(dataSlice(made, rest)) ^ 1)]);
    },
  },
  { name: "one for another chain", forge: (made, situation) => inDomain(made, situation, { chainId: 1n }) },
  {
    name: "one for another contract",
    forge: (made, situation) => inDomain(made, situation, { verifyingContract: `0x${"c0".repeat(20)}` }),
  },
  { name: "one for another version", forge: (made, situation) => inDomain(made, situation, { version: "2" }) },
  { name: "one for another name", forge: (made, situation) => inDomain(made, situation, { name: "Guildhall" }) },
];

function withV(made: string, change: (v: number) => number): string {
  return concat([dataSlice(made, 0, 64), Uint8Array.of(change(Number(dataSlice(made, 64))))]);
}

/** The same document signed for another domain, in the same form. */
function inDomain(made: string, { typed, sign }: Situation, domain: Typed["domain"]): string {
  return inForm(sign(digestOf({ ...typed, domain: { ...typed.domain, ...domain } })), dataLength(made));
}
