import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import type { Existing } from "../placement.js";
import { place } from "../placement.js";

/** Committees: the registry that every other system asks. */
export function committeeModule(existing: Existing) {
  return buildModule("Committee", (m) => ({ CommitteeRegistry: place(m, existing, "CommitteeRegistry") }));
}

export default committeeModule(new Map());
