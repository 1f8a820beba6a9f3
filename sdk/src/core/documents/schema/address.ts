import { getAddress } from "ethers";

import { outOfRange, wrongType } from "./faults.js";
import type { Schema } from "./Schema.js";

/** An address with its EIP-55 checksum. */
export function address(): Schema<string> {
  const expected = "an address of 20 bytes in hex with its EIP-55 checksum";
  return {
    parse: (value, path) => {
      if (typeof value !== "string" || !/^0x[0-9a-fA-F]{40}$/.test(value)) return wrongType(path, expected, value);
      const correct = getAddress(value.toLowerCase());
      return value === correct ? value : outOfRange(path, `${expected}, ${correct}`, value);
    },
    format: (value) => (/^0x[0-9a-fA-F]{40}$/.test(value) ? getAddress(value.toLowerCase()) : value),
  };
}
