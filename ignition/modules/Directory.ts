import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { IgnitionModule } from "@nomicfoundation/ignition-core";
import { encodeBytes32String, ZeroAddress } from "ethers";

import type { ContractFuture, Existing } from "../placement.js";
import { place } from "../placement.js";
import { certificatesModule } from "./Certificates.js";
import { committeeModule } from "./Committee.js";
import { dealsModule } from "./Deals.js";
import { rewardsModule } from "./Rewards.js";

type System = IgnitionModule<string, string, Readonly<Record<string, ContractFuture>>>;

/**
 * The directory of the contracts of `systems`, in their order, under their names.
 *
 * Parameter `previous`: the directory of the release before; zero, the default, for the first.
 */
export function directoryModule(existing: Existing, systems: readonly System[]) {
  return buildModule("Directory", (m) => {
    const lines = systems
      .flatMap((system) => Object.entries(m.useModule(system)))
      .map(([name, account]) => ({ name: encodeBytes32String(name), account }));
    const previous = m.getParameter("previous", ZeroAddress);
    return { Directory: place(m, existing, "Directory", [lines, previous]) };
  });
}

const committee = committeeModule(new Map());
export default directoryModule(new Map(), [
  committee,
  dealsModule(new Map()),
  rewardsModule(new Map(), committee),
  certificatesModule(new Map(), committee),
]);
