import type { Canary } from "./Canary.js";
import { npm } from "./npm.js";

/** The Solidity tests of a file on one engine and one pipeline, with a campaign that ends soon. */
function deep(file: string): readonly [string, ...string[]] {
  return ["env", "FOUNDRY_INVARIANT_RUNS=8", ...npm("test:deep", `test/rewards/${file}`)];
}

/** Faults of reward pools, which their own tests and proofs must notice. */
export const REWARD_CANARIES: readonly Canary[] = [
  {
    name: "pools: units that are granted twice",
    gate: [deep("RewardInvariants.t.sol")],
    of: ["test:deep"],
    says: /Failure: test\/rewards\/RewardInvariants/u,
    plant: ({ replace }) => {
      replace("contracts/rewards/RewardPool.sol", "member = member.withNextCycle(cycle + 1);", "");
    },
  },
  {
    name: "pools: a proof of another cycle",
    gate: [deep("SettleFailures.t.sol")],
    of: ["test:deep"],
    says: /Failure: test\/rewards\/SettleFailures/u,
    plant: ({ replace }) => {
      replace("contracts/rewards/RewardPool.sol", /RewardHash\.leaf\(poolId, cycle,/gu, "RewardHash.leaf(poolId, 0,");
    },
  },
  {
    name: "pools: profit that rounds up",
    gate: [deep("Profits.t.sol")],
    of: ["test:deep"],
    says: /Failure: test\/rewards\/Profits/u,
    plant: ({ replace }) => {
      replace("contracts/rewards/ProfitBook.sol", "perUnit = parts / _ONE;", "perUnit = (parts + _ONE - 1) / _ONE;");
    },
  },
  {
    name: "proof: units that reach into their neighbour",
    gate: [npm("prove", "PoolWordProof.withAvailable")],
    says: /FAILED .*PoolWordProof\.withAvailable/u,
    needs: "z3",
    plant: ({ replace }) => {
      replace(
        "contracts/rewards/PoolWord.sol",
        "AVAILABLE_MASK = type(uint40).max",
        "AVAILABLE_MASK = type(uint48).max",
      );
    },
  },
  {
    name: "proof: a place that is not kept",
    gate: [npm("prove", "MemberWordProof.withOwed")],
    says: /FAILED .*MemberWordProof\.withOwed/u,
    needs: "z3",
    plant: ({ replace }) => {
      replace(
        "contracts/rewards/MemberWord.sol",
        "(MemberWord.unwrap(word) << 120) >> 120",
        "(MemberWord.unwrap(word) << 128) >> 128",
      );
    },
  },
  {
    name: "proof: units from nowhere",
    gate: [npm("prove", "UnitMathProof.conserve")],
    says: /FAILED .*UnitMathProof\.conserve/u,
    needs: "z3",
    plant: ({ replace }) => {
      replace("contracts/rewards/UnitMath.sol", "return (pool.minusUnits(grant),", "return (pool,");
    },
  },
];
