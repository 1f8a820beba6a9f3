import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import type { Existing } from "../placement.js";
import { certificatesModule } from "./Certificates.js";
import { committeeModule } from "./Committee.js";
import { dealsModule } from "./Deals.js";
import { directoryModule } from "./Directory.js";
import { rewardsModule } from "./Rewards.js";

/** The whole suite: every system, then the directory that names them. */
export function guildhallModule(existing: Existing) {
  const committee = committeeModule(existing);
  const deals = dealsModule(existing);
  const rewards = rewardsModule(existing, committee);
  const certificates = certificatesModule(existing, committee);
  const directory = directoryModule(existing, [committee, deals, rewards, certificates]);
  return buildModule("Guildhall", (m) => ({
    ...m.useModule(committee),
    ...m.useModule(deals),
    ...m.useModule(rewards),
    ...m.useModule(certificates),
    ...m.useModule(directory),
  }));
}

export default guildhallModule(new Map());
