import { Interface } from "ethers";

import type { Abi } from "./AbiTypes.js";

const interfaces = new WeakMap<Abi, Interface>();

/** ethers' reading of an ABI, made once: it takes some milliseconds. */
export function interfaceOf(abi: Abi): Interface {
  const known = interfaces.get(abi) ?? new Interface(abi);
  interfaces.set(abi, known);
  return known;
}
