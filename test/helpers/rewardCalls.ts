import { id, ZeroAddress, ZeroHash } from "ethers";

import { ALL_CYCLES, BY_OPERATOR, NO_DEADLINE, Source, type World } from "./rewards.js";

export type PoolCall = {
  readonly name: string;
  readonly call: (world: World, poolId: string) => Promise<unknown>;
};

const ROSTER = {
  root: id("a root"),
  count: 1n,
  eligible: 1n,
  contentHash: ZeroHash,
  evidenceUri: "",
  noneEligible: false,
};
const USER = id("a user");
const NO_PROOF = { eligible: true, proof: [] };
const NO_PROOFS = { proof: [], flags: [] };

/** Calls of the operator that a closed pool refuses before it looks at anything else. */
export const OPEN_POOL_CALLS: readonly PoolCall[] = [
  { name: "topUp", call: async (world, poolId) => operated(world).topUp(poolId, 1n) },
  { name: "raiseShare", call: async (world, poolId) => operated(world).raiseShare(poolId, 10n ** 14n) },
  { name: "changeVerifier", call: async (world, poolId) => operated(world).changeVerifier(poolId, world.nextVerifier) },
  { name: "announceEnd", call: async (world, poolId) => operated(world).announceEnd(poolId) },
  { name: "closePool", call: async (world, poolId) => operated(world).closePool(poolId) },
  {
    name: "bind",
    call: async (world, poolId) => world.pool.connect(world.registrar).bind(poolId, [], NO_DEADLINE, "0x"),
  },
  { name: "publish", call: async (world, poolId) => operated(world).publish(poolId, 0n, ROSTER, [], BY_OPERATOR) },
  {
    name: "voidRoot",
    call: async (world, poolId) => operated(world).voidRoot(poolId, 0, Source.OPERATOR, USER, [], []),
  },
  { name: "settle", call: async (world, poolId) => operated(world).settle(poolId, USER, ZeroAddress, ALL_CYCLES) },
  { name: "settleBatch", call: async (world, poolId) => operated(world).settleBatch(poolId, [], ALL_CYCLES) },
  {
    name: "settleWithProof",
    call: async (world, poolId) => operated(world).settleWithProof(poolId, USER, ZeroAddress, 0n, true, []),
  },
  {
    name: "settleWithProofs",
    call: async (world, poolId) => operated(world).settleWithProofs(poolId, USER, ZeroAddress, 0n, NO_PROOF, NO_PROOF),
  },
  {
    name: "settleBatchWithProof",
    call: async (world, poolId) => operated(world).settleBatchWithProof(poolId, 0n, [], [], []),
  },
  {
    name: "settleBatchWithProofs",
    call: async (world, poolId) => operated(world).settleBatchWithProofs(poolId, 0n, [], NO_PROOFS, NO_PROOFS),
  },
  {
    name: "reportProfit",
    call: async (world, poolId) => operated(world).reportProfit(poolId, 0n, world.tokenAddress, 1n, ZeroHash),
  },
];

/** Calls that need a pool, be it closed. */
export const ANY_POOL_CALLS: readonly PoolCall[] = [
  {
    name: "rebind",
    call: async (world, poolId) => operated(world).rebind(poolId, USER, world.stranger, NO_DEADLINE, "0x", "0x"),
  },
  { name: "claim", call: async (world, poolId) => operated(world).claim(poolId, USER) },
  { name: "poolOf", call: async (world, poolId) => world.pool.poolOf(poolId) },
  { name: "holdingOf", call: async (world, poolId) => world.pool.holdingOf(poolId, USER, ALL_CYCLES) },
  { name: "answerOf", call: async (world, poolId) => world.pool.answerOf(poolId, USER, 0n, Source.OPERATOR) },
];

function operated(world: World): World["pool"] {
  return world.pool.connect(world.operator);
}
