import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { ScriptError } from "../support/ScriptError.js";
import type { Deployment } from "./Deployment.js";

/** What a record says about the compiler of a build profile. */
export function compilerOf(hre: HardhatRuntimeEnvironment, profile: string): Deployment["compiler"] {
  const compiler = hre.config.solidity.profiles[profile]?.compilers[0];
  if (compiler === undefined) {
    const known = Object.keys(hre.config.solidity.profiles).join(", ");
    throw new ScriptError("ProfileUnknown", `There is no build profile ${profile}. Take one of ${known}.`, { profile });
  }
  const settings = compiler.settings as {
    readonly evmVersion: string;
    readonly viaIR: boolean;
    readonly optimizer: { readonly runs: number };
  };
  return {
    solc: compiler.version,
    evmVersion: settings.evmVersion,
    viaIR: settings.viaIR,
    optimizerRuns: settings.optimizer.runs,
  };
}
