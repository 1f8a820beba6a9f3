import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { ScriptError } from "../support/ScriptError.js";
import type { Deployment } from "./Deployment.js";

/** What a record says about the compiler of a build profile. */
export function compilerOf(hre: HardhatRuntimeEnvironment, profile: string): Deployment["compiler"] {
  const built = hre.config.solidity.profiles[profile];
  const compiler = built?.compilers[0];
  if (built === undefined || compiler === undefined) {
    const known = Object.keys(hre.config.solidity.profiles).join(", ");
    throw new ScriptError("ProfileUnknown", `There is no build profile ${profile}. Take one of ${known}.`, { profile });
  }
  const settings = settingsOf(compiler);
  // Tests are built in a way of their own, and are in no record.
  const ofContracts = Object.entries(built.overrides).filter(([source]) => !source.startsWith("test/"));
  const overrides = ofContracts.map(([source, other]): [string, number] => {
    const { evmVersion, viaIR, optimizer } = settingsOf(other);
    if (other.version === compiler.version && evmVersion === settings.evmVersion && viaIR === settings.viaIR) {
      return [source, optimizer.runs];
    }
    throw new ScriptError(
      "OverrideUnsupported",
      `${source} may be built with other optimizer runs, and nothing else.`,
      {
        source,
      },
    );
  });
  return {
    solc: compiler.version,
    evmVersion: settings.evmVersion,
    viaIR: settings.viaIR,
    optimizerRuns: settings.optimizer.runs,
    overrides: Object.fromEntries(overrides),
  };
}

type Settings = {
  readonly evmVersion: string;
  readonly viaIR: boolean;
  readonly optimizer: { readonly runs: number };
};

function settingsOf({ settings }: { readonly settings: unknown }): Settings {
  return settings as Settings;
}
