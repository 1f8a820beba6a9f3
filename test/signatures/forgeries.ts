import { concat, dataLength, dataSlice, hexlify, toBeHex } from "ethers";

import { highS } from "../helpers/deals.js";
import { digestOf } from "./digestOf.js";
import { honest, inForm } from "./honest.js";
import type { Situation, Slot, Typed } from "./Slot.js";

/** What somebody makes of an honest signature, in the form of so many bytes. */
export type Forgery = {
  readonly name: string;
  /** The forms in which there is such a one; every form where this says nothing. */
  readonly lengths?: readonly number[];
  readonly forge: (slot: Slot, situation: Situation, length: number) => string;
};

const HALF_ORDER = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0n;

export const FORGERIES: readonly Forgery[] = [
  { name: "a high s", lengths: [65], forge: (slot, situation) => highS(honest(slot, situation, 65)) },
  {
    name: "an s one above half of the order",
    lengths: [64, 65],
    forge: (slot, situation, length) => {
      const made = honest(slot, situation, length);
      return concat([dataSlice(made, 0, 32), toBeHex(HALF_ORDER + 1n, 32), dataSlice(made, 64)]);
    },
  },
  {
    name: "the other parity",
    lengths: [64],
    forge: (slot, situation) => {
      const made = honest(slot, situation, 64);
      return concat([dataSlice(made, 0, 32), toBeHex(BigInt(dataSlice(made, 32)) ^ (1n << 255n), 32)]);
    },
  },
  { name: "the other v", lengths: [65], forge: (slot, situation) => withV(slot, situation, (v) => 55 - v) },
  { name: "v counted from zero", lengths: [65], forge: (slot, situation) => withV(slot, situation, (v) => v - 27) },
  { name: "v of a transaction", lengths: [65], forge: (slot, situation) => withV(slot, situation, (v) => v + 8) },
  {
    name: "one cut to 32 bytes",
    forge: (slot, situation, length) => dataSlice(honest(slot, situation, length), 0, 32),
  },
  {
    // 65 bytes without their last one may be the 64 that say the same.
    name: "one cut by a byte or two",
    forge: (slot, situation, length) => dataSlice(honest(slot, situation, length), 0, length === 65 ? 63 : length - 1),
  },
  {
    name: "one with a byte too many",
    forge: (slot, situation, length) => concat([honest(slot, situation, length), "0x00"]),
  },
  { name: "one of zeros", forge: (_, __, length) => hexlify(new Uint8Array(length)) },
  {
    name: "one whose last bit differs",
    forge: (slot, situation, length) => {
      const made = honest(slot, situation, length);
      const last = Number(dataSlice(made, dataLength(made) - 1)) ^ 1;
      return concat([dataSlice(made, 0, dataLength(made) - 1), Uint8Array.of(last)]);
    },
  },
  {
    name: "one for another chain",
    forge: (_, situation, length) => inDomain(situation, length, { chainId: 1n }),
  },
  {
    name: "one for another contract",
    forge: (_, situation, length) => inDomain(situation, length, { verifyingContract: `0x${"c0".repeat(20)}` }),
  },
  { name: "one for another version", forge: (_, situation, length) => inDomain(situation, length, { version: "2" }) },
  {
    name: "one for another name",
    forge: (_, situation, length) => inDomain(situation, length, { name: "Guildhall" }),
  },
];

function withV(slot: Slot, situation: Situation, change: (v: number) => number): string {
  const made = honest(slot, situation, 65);
  return concat([dataSlice(made, 0, 64), Uint8Array.of(change(Number(dataSlice(made, 64))))]);
}

function inDomain(situation: Situation, length: number, domain: Typed["domain"]): string {
  const typed = { ...situation.typed, domain: { ...situation.typed.domain, ...domain } };
  return inForm(situation.sign(digestOf(typed)), length);
}
