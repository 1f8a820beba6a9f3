import { InvalidArgumentError } from "commander";

/** Reads an option that counts from 0 to 2^32 - 1. */
export function uint32Option(text: string): number {
  const value = /^(?:0|[1-9][0-9]{0,9})$/.test(text) ? Number(text) : NaN;
  if (value <= 0xffff_ffff) return value;
  throw new InvalidArgumentError("It must be a whole number below 2^32.");
}
