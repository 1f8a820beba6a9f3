import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import type { Existing } from "../placement.js";
import { place } from "../placement.js";
import { committeeModule } from "./Committee.js";

/** Reward pools, which ask the committees' registry, and the store of their bitmaps. */
export function rewardsModule(existing: Existing, committee: ReturnType<typeof committeeModule>) {
  return buildModule("Rewards", (m) => {
    const { CommitteeRegistry } = m.useModule(committee);
    const ChunkStore = place(m, existing, "ChunkStore");
    return { ChunkStore, RewardPool: place(m, existing, "RewardPool", [CommitteeRegistry, ChunkStore]) };
  });
}

export default rewardsModule(new Map(), committeeModule(new Map()));
