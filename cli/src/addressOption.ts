import { InvalidArgumentError } from "commander";
import { getAddress, isAddress } from "ethers";

/** Reads an option that is an address, with its checksum where it has one. */
export function addressOption(text: string): string {
  if (text.startsWith("0x") && isAddress(text)) return getAddress(text);
  throw new InvalidArgumentError("It must be an address: 0x and 40 hex digits.");
}
