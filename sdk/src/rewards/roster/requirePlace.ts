import { isHexString } from "ethers";

import type { RosterPlace } from "./Roster.js";
import { RosterError } from "./RosterError.js";

const MAX_UINT32 = 0xffff_ffff;

/** Refuses a pool's id that is not 32 bytes, and a cycle that no contract counts. */
export function requirePlace({ poolId, cycle }: RosterPlace): void {
  if (!isHexString(poolId, 32)) {
    throw new RosterError({
      code: "ROSTER_OUT_OF_RANGE",
      args: { name: "poolId", actual: poolId },
      what: `The pool's id ${poolId} is not 32 bytes in hex.`,
      advice: "Pass the id that the event PoolCreated names.",
    });
  }
  requireUint32("cycle", cycle);
}

/** Refuses a number that is not from 0 to 2^32 - 1. */
export function requireUint32(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 0 && value <= MAX_UINT32) return;
  throw new RosterError({
    code: "ROSTER_OUT_OF_RANGE",
    args: { name, min: 0, max: MAX_UINT32, actual: value },
    what: `${name} is ${value}, and must be a whole number from 0 to ${MAX_UINT32}.`,
    advice: "Pass it as the contract counts it.",
  });
}
