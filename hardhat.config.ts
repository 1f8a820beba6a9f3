import { createRequire } from "node:module";

import toolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { configVariable, defineConfig } from "hardhat/config";

import { demandReach } from "./scripts/hardhat/demandReach.js";
import { plainTests } from "./scripts/hardhat/plainTests.js";
import { quietLibraries } from "./scripts/hardhat/quietLibraries.js";

const { resolve } = createRequire(import.meta.url);

/** The compiler is the npm package, so that the lock file pins its hash and nothing is downloaded. */
function compiler(evmVersion: "osaka" | "cancun", runs = 50_000) {
  return {
    version: "0.8.37",
    path: resolve("solc/soljson.js"),
    settings: {
      evmVersion,
      viaIR: true,
      optimizer: { enabled: true, runs },
      metadata: { bytecodeHash: "none" },
    },
  };
}

function profile(evmVersion: "osaka" | "cancun") {
  // The reward pool is too large for a contract when optimized for speed alone.
  return {
    compilers: [compiler(evmVersion)],
    overrides: {
      "contracts/rewards/RewardPool.sol": compiler(evmVersion, 200),
    },
  };
}

/** Where the same code was given to more runs already, on another engine, a twentieth of them is enough. */
const fewerRuns = process.env["GUILDHALL_FEWER_RUNS"] === "true";

export default defineConfig({
  plugins: [toolbox, plainTests, quietLibraries, demandReach],
  solidity: {
    npmFilesToBuild: [],
    profiles: {
      default: profile("osaka"),
      cancun: profile("cancun"),
    },
  },
  networks: {
    hardhat: { type: "edr-simulated", chainType: "l1", hardfork: "osaka" },
    cancun: { type: "edr-simulated", chainType: "l1", hardfork: "cancun" },
    localhost: { type: "http", chainType: "l1", url: "http://127.0.0.1:8545" },
    qbft: {
      type: "http",
      chainType: "l1",
      url: configVariable("QBFT_RPC_URL"),
      accounts: [configVariable("QBFT_DEPLOYER_KEY")],
    },
    custom: {
      type: "http",
      chainType: "l1",
      url: configVariable("GUILDHALL_RPC_URL"),
      accounts: [configVariable("GUILDHALL_DEPLOYER_KEY")],
    },
    // The chain that the demo plays on, where it has no unlocked accounts; scripts/demo.ts gives the URL.
    demo: {
      type: "http",
      chainType: "l1",
      url: "http://127.0.0.1:8545",
      accounts: [configVariable("GUILDHALL_DEMO_KEY")],
    },
    sepolia: {
      type: "http",
      chainType: "l1",
      url: configVariable("SEPOLIA_RPC_URL"),
      accounts: [configVariable("SEPOLIA_DEPLOYER_KEY")],
    },
  },
  typechain: { outDir: "typechain-types" },
  test: {
    solidity: {
      fuzz: { runs: fewerRuns ? 50 : 1_000 },
      invariant: { runs: fewerRuns ? 13 : 256, depth: 128, failOnRevert: true },
    },
  },
});
