import { InvalidArgumentError } from "commander";

/** Reads an option of 32 bytes in hex. */
export function bytes32Option(text: string): string {
  if (/^0x[0-9a-fA-F]{64}$/.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError("It must be 0x and 64 hex digits.");
}
