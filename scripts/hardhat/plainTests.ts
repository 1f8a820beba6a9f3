import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";

import type { SolidityBuildProfileConfig, HardhatConfig, SolidityCompilerConfig } from "hardhat/types/config";
import type { HardhatPlugin } from "hardhat/types/plugins";

/** The compiler of a profile without viaIR and without the optimizer, which take most of its time. */
function plainly(compiler: SolidityCompilerConfig): SolidityCompilerConfig {
  return { ...compiler, settings: { ...compiler.settings, viaIR: false, optimizer: { enabled: false } } };
}

/** Hardhat makes one run of the compiler of all files whose configuration is the same object, so all tests share one. */
function withPlainTests(profile: SolidityBuildProfileConfig, tests: readonly string[]): SolidityBuildProfileConfig {
  const [compiler] = profile.compilers;
  if (compiler === undefined) return profile;
  const plain = plainly(compiler);
  return { ...profile, overrides: { ...profile.overrides, ...Object.fromEntries(tests.map((test) => [test, plain])) } };
}

function testsOf({ paths }: HardhatConfig): readonly string[] {
  return globSync("**/*.sol", { cwd: paths.tests.solidity }).map((file) =>
    relative(paths.root, join(paths.tests.solidity, file)).replaceAll("\\", "/"),
  );
}

/**
 * Compiles the Solidity tests, which are deployed to no chain, in the plainest way, and runs as many compilers at once as
 * there are cores. What the tests test is the contracts as they are deployed: `test/helpers/Deployed.sol` takes their code.
 */
export const plainTests: HardhatPlugin = {
  id: "plain-tests",
  hookHandlers: {
    config: () =>
      Promise.resolve({
        default: () =>
          Promise.resolve({
            resolveUserConfig: async (userConfig, resolveVariable, next) => {
              const config = await next(userConfig, resolveVariable);
              const tests = testsOf(config);
              const profiles = Object.entries(config.solidity.profiles).map(
                ([name, profile]) => [name, withPlainTests(profile, tests)] as const,
              );
              return { ...config, solidity: { ...config.solidity, profiles: Object.fromEntries(profiles) } };
            },
          }),
      }),
    solidity: () =>
      Promise.resolve({
        default: () =>
          Promise.resolve({
            build: (context, files, options, next) =>
              next(context, files, { ...options, concurrency: options?.concurrency ?? availableParallelism() }),
          }),
      }),
  },
};
