import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import type { Existing } from "../placement.js";
import { place } from "../placement.js";

/** Referral deals. */
export function dealsModule(existing: Existing) {
  return buildModule("Deals", (m) => ({ ReferralDeals: place(m, existing, "ReferralDeals") }));
}

export default dealsModule(new Map());
