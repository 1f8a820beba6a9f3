import { overrideTask } from "hardhat/config";
import type { HardhatPlugin } from "hardhat/types/plugins";

/** Fails the Solidity tests where a campaign of invariants did not reach an action of its handler. */
export const demandReach: HardhatPlugin = {
  id: "demand-reach",
  tasks: [
    overrideTask(["test", "solidity"])
      .setAction(async () => ({ default: (await import("./demandReachAction.js")).demandReachAction }))
      .build(),
  ],
};
