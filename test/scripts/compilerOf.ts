import { expect } from "chai";
import hre from "hardhat";

import { compilerOf } from "../../scripts/deployment/compilerOf.js";

const SOURCE = "contracts/rewards/RewardPool.sol";

/** The environment with an override of one source. */
function withOverride(change: object): typeof hre {
  const built = hre.config.solidity.profiles["default"] ?? expect.fail("no profile");
  const [compiler] = built.compilers;
  const settings = { ...(compiler?.settings as object), ...change };
  const overrides = { [SOURCE]: { ...compiler, settings } };
  return { config: { solidity: { profiles: { default: { ...built, overrides } } } } } as unknown as typeof hre;
}

describe("compilerOf", () => {
  it("names the source that is built with other optimizer runs", () => {
    for (const [profile, evmVersion] of [
      ["default", "osaka"],
      ["cancun", "cancun"],
    ] as const) {
      expect(compilerOf(hre, profile)).to.deep.equal({
        solc: "0.8.37",
        evmVersion,
        viaIR: true,
        optimizerRuns: 50_000,
        overrides: { [SOURCE]: 200 },
      });
    }
  });

  it("refuses an override that a record could not tell, and an unknown profile", () => {
    const runs = { optimizer: { enabled: true, runs: 7 } };
    expect(compilerOf(withOverride(runs), "default").overrides).to.deep.equal({ [SOURCE]: 7 });
    expect(() => compilerOf(withOverride({ viaIR: false }), "default")).to.throw("and nothing else");
    expect(() => compilerOf(withOverride({ evmVersion: "cancun" }), "default")).to.throw("and nothing else");
    expect(() => compilerOf(hre, "nothing")).to.throw("There is no build profile nothing");
  });
});
