import assert from "node:assert/strict";

import { type ContractTransactionResponse, id, keccak256, toBeHex, ZeroHash } from "ethers";

import {
  ALL_CYCLES,
  bitmapRoster,
  BY_OPERATOR,
  CHUNK_USERS,
  createPool,
  endOf,
  ethers,
  finalFrom,
  Form,
  goTo,
  leafOf,
  type Line,
  loadWorld,
  Mode,
  networkHelpers,
  NO_DEADLINE,
  type PoolState,
  publishBitmap,
  report,
  treeOf,
  type User,
  verdictOf,
  type World,
} from "../../../test/helpers/rewards.js";
import { type FloorParts, floorOf, TRANSFER_LOG } from "../floor.js";
import { type Operation, operation } from "../Operation.js";

const TRANSFER_SINGLE = { topics: 4, bytes: 2 * 32 } as const;
const SETTLED = { topics: 3, bytes: 32 } as const;
const ROSTER_PUBLISHED = { topics: 4, bytes: 7 * 32 } as const;
const CHUNK_STORED = { topics: 3, bytes: 32 } as const;
const CLAIMED = { topics: 4, bytes: 2 * 32 } as const;
const PROFIT_REPORTED = { topics: 3, bytes: 5 * 32 } as const;
const BOUND = { topics: 4, bytes: 2 * 32 } as const;

/** A roster of 100,000 users has proofs of this length. */
const DEPTH = 17;
const BATCH = 200;
const PROFIT = 10n ** 24n;
/** The same moment in every run, so that the same bytes are measured. */
const START = 2_000_000_000n;
/** Where the contract keeps its pools, and a pool's number of users. */
const POOLS_SLOT = 2n;
const USERS_SHIFT = 184n;

const DISTRIBUTOR = "a Merkle distributor of 100,000 leaves, fresh word and holder";
const DISTRIBUTOR_BEST = "the same, its best case";

type Sent = { readonly gas: bigint; readonly calldata: string };

async function sent(transaction: Promise<ContractTransactionResponse>): Promise<Sent> {
  const response = await transaction;
  const receipt = await response.wait();
  assert(receipt);
  return { gas: receipt.gasUsed, calldata: response.data };
}

const pair = (a: string, b: string): string => keccak256(a < b ? `${a}${b.slice(2)}` : `${b}${a.slice(2)}`);
const siblings = (count: number): string[] => Array.from({ length: count }, (_, i) => id(`sibling ${i}`));

/** Publishes a root that is `top` with further levels above it, so that it is as deep as a large roster's. */
async function publishAbove(
  world: World,
  state: PoolState,
  cycle: number,
  top: string,
  { levels, byVerifier = false }: { readonly levels: number; readonly byVerifier?: boolean },
) {
  const above = siblings(levels);
  const root = above.reduce(pair, top);
  await goTo(endOf(state, cycle));
  const roster = {
    root,
    count: state.users.length,
    eligible: 1,
    contentHash: id("the roster's file"),
    evidenceUri: "https://example.org/roster",
    noneEligible: false,
  };
  const transaction = await sent(
    world.pool
      .connect(world.operator)
      .publish(
        state.poolId,
        cycle,
        roster,
        [],
        byVerifier ? verdictOf(world, state.poolId, cycle, roster) : BY_OPERATOR,
      ),
  );
  return { above, transaction };
}

/** One user's settling by a proof. */
async function settleDeep(world: World, state: PoolState, cycle: number, { userId, account }: User): Promise<Sent> {
  const { above } = await publishAbove(world, state, cycle, leafOf(state.poolId, cycle, userId, true), {
    levels: DEPTH,
  });
  await goTo(finalFrom(state, cycle));
  return sent(world.pool.connect(world.caller).settleWithProof(state.poolId, userId, account, cycle, true, above));
}

/** The first grants of users whose leaves stand side by side, as the SDK takes them. */
async function settleBatchDeep(world: World, state: PoolState): Promise<Sent> {
  const lines = state.users.map(({ userId }): Line => [userId, true]);
  const tree = treeOf(state.poolId, 0, lines);
  const levels = Math.ceil(Math.log2(state.users.length));
  const { above } = await publishAbove(world, state, 0, tree.root, { levels: DEPTH - levels });
  const isBoth = state.config.mode === Mode.BOTH;
  if (isBoth) await publishAbove(world, state, 0, tree.root, { levels: DEPTH - levels, byVerifier: true });
  await goTo(finalFrom(state, 0));
  const indexes = [...tree.entries()].map(([i]) => i).sort((a, b) => tree.getProof(a).length - tree.getProof(b).length);
  const { leaves, proof, proofFlags } = tree.getMultiProof(indexes.slice(0, BATCH));
  const accounts = new Map(state.users.map(({ userId, account }) => [userId, account]));
  const users = leaves.map((leaf) => {
    const userId = String(leaf[2]);
    const account = accounts.get(userId);
    assert(account !== undefined);
    return { userId, account, eligible: true };
  });
  const flags = [...proofFlags, ...above.map(() => false)];
  const pool = world.pool.connect(world.caller);
  const multiProof = { proof: [...proof, ...above], flags };
  if (isBoth) return sent(pool.settleBatchWithProofs(state.poolId, 0, users, multiProof, multiProof));
  return sent(pool.settleBatchWithProof(state.poolId, 0, users, multiProof.proof, flags));
}

async function settleOpen(world: World, { poolId }: PoolState, { userId, account }: User): Promise<Sent> {
  return sent(world.pool.connect(world.caller).settle(poolId, userId, account, ALL_CYCLES));
}

/** Stores and publishes one chunk, for a pool that is told it has so many users. */
async function publishChunk(world: World, count: number): Promise<{ readonly gas: number; readonly floor: number }> {
  const state = await createPool(world, { form: Form.BITMAP, conditionHash: id(`publish ${count}`) }, 0);
  const base = BigInt(
    keccak256(ethers.AbiCoder.defaultAbiCoder().encode(["bytes32", "uint256"], [state.poolId, POOLS_SLOT])),
  );
  const word = BigInt(await ethers.provider.getStorage(world.poolAddress, base + 1n));
  await networkHelpers.setStorageAt(
    world.poolAddress,
    toBeHex(base + 1n, 32),
    toBeHex(word | (BigInt(count) << USERS_SHIFT), 32),
  );
  assert.equal((await world.pool.poolOf(state.poolId)).userCount, BigInt(count));
  const answers = Array.from({ length: count }, (_, i) => (i * 2_654_435_761) % 7 < 4);
  const { roster, chunks, chunkHashes } = bitmapRoster(answers);
  const store = await sent(world.store.store(chunks[0] ?? "0x"));
  await goTo(endOf(state, 0));
  const publish = await sent(
    world.pool.connect(world.operator).publish(state.poolId, 0, roster, chunkHashes, BY_OPERATOR),
  );
  const floor =
    floorOf({ calldata: store.calldata, creations: [Math.ceil(count / 8) + 1], logs: [CHUNK_STORED] }) +
    floorOf({ calldata: publish.calldata, coldAccounts: 1, reads: 2, freshWrites: 1, logs: [ROSTER_PUBLISHED] });
  return { gas: Number(store.gas + publish.gas), floor };
}

/** Settling: the pool's word, the user's word, the evidence. */
const SETTLE: FloorParts = { updates: 2, reads: 1, logs: [TRANSFER_SINGLE, SETTLED] };
const SETTLE_WITH_PROFIT: FloorParts = { ...SETTLE, reads: 2 };

function settleFloor(calldata: string, parts: FloorParts, cycles = 0): number {
  return floorOf({ ...parts, calldata, coldAccounts: cycles, reads: (parts.reads ?? 0) + Math.max(cycles - 1, 0) });
}

/** Reward pools. */
export async function rewardOperations(): Promise<Operation[]> {
  const world = await loadWorld();
  await networkHelpers.time.increaseTo(START);
  const operations: Operation[] = [];
  const add = (measured: Parameters<typeof operation>[0]): void => {
    operations.push(operation(measured));
  };

  const root = await createPool(world, {}, 1);
  const [first] = root.users;
  assert(first);
  const rootFirst = await settleDeep(world, root, 0, first);
  add({
    id: "rewards.settle-root-first",
    what: "one user by a proof of 17, first grant",
    gas: rootFirst.gas,
    floor: settleFloor(rootFirst.calldata, SETTLE),
    budget: 70_000,
    peer: { gas: 95_168, whose: DISTRIBUTOR },
  });
  const rootAgain = await settleDeep(world, root, 1, first);
  add({
    id: "rewards.settle-root-again",
    what: "the same for a user who holds units",
    gas: rootAgain.gas,
    floor: settleFloor(rootAgain.calldata, SETTLE),
    budget: 54_000,
    peer: { gas: 60_956, whose: DISTRIBUTOR_BEST },
  });
  const reported = await sent(report(world, root, 0, PROFIT));
  const rootProfit = await settleDeep(world, root, 2, first);
  add({
    id: "rewards.settle-root-again-with-profit",
    what: "the same, with profit reported since",
    gas: rootProfit.gas,
    floor: settleFloor(rootProfit.calldata, SETTLE_WITH_PROFIT),
  });
  add({
    id: "rewards.report-profit",
    what: "the first report and its deposit",
    gas: reported.gas,
    // Pool, windows, share and token; the report is fresh, and so is the contract's balance.
    floor: floorOf({
      calldata: reported.calldata,
      coldAccounts: 1,
      reads: 3,
      updates: 3,
      freshWrites: 2,
      logs: [PROFIT_REPORTED, TRANSFER_LOG],
    }),
  });

  const published = await createPool(world, { conditionHash: id("publish") }, 1);
  const { transaction } = await publishAbove(world, published, 0, ZeroHash, { levels: 1 });
  add({
    id: "rewards.publish-root",
    what: "a cycle's root, whatever the number of users",
    gas: transaction.gas,
    floor: floorOf({ calldata: transaction.calldata, reads: 2, freshWrites: 1, logs: [ROSTER_PUBLISHED] }),
    budget: 60_000,
  });

  const bitmap = await createPool(world, { form: Form.BITMAP }, 4);
  const [one, two] = bitmap.users;
  assert(one && two);
  const answers = (shift: number): boolean[] => bitmap.users.map((_, i) => i < 2 || i === shift);
  await publishBitmap(world, bitmap, 0, answers(2));
  await goTo(finalFrom(bitmap, 0));
  const bitmapFirst = await settleOpen(world, bitmap, one);
  add({
    id: "rewards.settle-bitmap-first",
    what: "one user by a bitmap, first grant",
    gas: bitmapFirst.gas,
    floor: settleFloor(bitmapFirst.calldata, SETTLE, 1),
    budget: 58_000,
    peer: { gas: 95_168, whose: DISTRIBUTOR },
  });
  await publishBitmap(world, bitmap, 1, answers(3));
  await goTo(finalFrom(bitmap, 1));
  const bitmapAgain = await settleOpen(world, bitmap, one);
  add({
    id: "rewards.settle-bitmap-again",
    what: "the same for a user who holds units",
    gas: bitmapAgain.gas,
    floor: settleFloor(bitmapAgain.calldata, SETTLE, 1),
    budget: 41_000,
    peer: { gas: 60_956, whose: DISTRIBUTOR_BEST },
  });
  const twoCycles = await settleOpen(world, bitmap, two);
  add({
    id: "rewards.settle-bitmap-extra-cycle",
    what: "each further cycle in the same call",
    gas: twoCycles.gas - bitmapFirst.gas,
    floor: 2_100 + 2_600,
    budget: 5_500,
  });

  const rootBatch = await settleBatchDeep(world, await createPool(world, { conditionHash: id("root batch") }, 256));
  // The pool's word and the root once; each user's word and logs.
  const perUser: FloorParts = { logs: [TRANSFER_SINGLE, SETTLED], updates: 1 };
  const batchFloor = (calldata: string, shared: FloorParts): number =>
    floorOf({ ...shared, calldata }) / BATCH + floorOf(perUser);
  add({
    id: "rewards.settle-batch-root",
    what: `a user of ${BATCH} under one multiproof, first grants`,
    gas: Math.round(Number(rootBatch.gas) / BATCH),
    floor: Math.round(batchFloor(rootBatch.calldata, { updates: 1, reads: 1 })),
    budget: 32_000,
  });
  const bothBatch = await settleBatchDeep(
    world,
    await createPool(world, { mode: Mode.BOTH, conditionHash: id("both batch") }, 256),
  );
  add({
    id: "rewards.settle-batch-both",
    what: `a user of ${BATCH} under a multiproof of roster and one of verdict, first grants`,
    gas: Math.round(Number(bothBatch.gas) / BATCH),
    floor: Math.round(batchFloor(bothBatch.calldata, { updates: 1, reads: 2 })),
  });
  const bitmapPool = await createPool(world, { form: Form.BITMAP, conditionHash: id("bitmap batch") }, BATCH);
  await publishBitmap(
    world,
    bitmapPool,
    0,
    bitmapPool.users.map(() => true),
  );
  await goTo(finalFrom(bitmapPool, 0));
  const users = bitmapPool.users.map(({ userId, account }) => ({ userId, account }));
  const bitmapBatch = await sent(world.pool.connect(world.caller).settleBatch(bitmapPool.poolId, users, ALL_CYCLES));
  add({
    id: "rewards.settle-batch-bitmap",
    what: `a user of ${BATCH} by a bitmap, first grants`,
    gas: Math.round(Number(bitmapBatch.gas) / BATCH),
    floor: Math.round(batchFloor(bitmapBatch.calldata, { updates: 1, reads: 1, coldAccounts: 1 })),
    budget: 27_000,
  });

  const full = await publishChunk(world, CHUNK_USERS);
  add({
    id: "rewards.publish-bitmap",
    what: `a user of ${CHUNK_USERS.toLocaleString("en-US")}: the chunk and its publishing`,
    gas: Math.round((full.gas / CHUNK_USERS) * 100) / 100,
    floor: Math.round((full.floor / CHUNK_USERS) * 100) / 100,
    budget: 40,
  });
  const small = await publishChunk(world, 1_000);
  add({ id: "rewards.publish-bitmap-of-1000", what: "a bitmap of 1,000 users, in all", ...small });

  // Both hold the token already, and the contract keeps some: others are owed, too.
  await world.token.mint(first.account, 1n);
  await world.token.mint(world.poolAddress, 1n);
  const claimed = await sent(world.pool.connect(world.caller).claim(root.poolId, first.userId));
  add({
    id: "rewards.claim",
    what: "profit to an account that holds the token",
    gas: claimed.gas,
    // Pool, binding, token's address; the user's word and both balances.
    floor: floorOf({
      calldata: claimed.calldata,
      coldAccounts: 1,
      reads: 3,
      updates: 3,
      logs: [CLAIMED, TRANSFER_LOG],
    }),
    budget: 55_000,
    peer: { gas: 76_432, whose: "staking rewards, repeat claim" },
  });

  const binding = await createPool(world, { conditionHash: id("bind") }, 0);
  const more = root.users
    .concat(bitmapPool.users.slice(0, 99))
    .map(({ account }, i) => ({ userId: id(`${i}`), account }));
  const bound = await sent(world.pool.connect(world.registrar).bind(binding.poolId, more, NO_DEADLINE, "0x"));
  add({
    id: "rewards.bind",
    what: "a user of 100 bound by the registrar",
    gas: Math.round(Number(bound.gas) / more.length),
    floor: Math.round(
      floorOf({ calldata: bound.calldata, reads: 2, updates: 1 }) / more.length +
        floorOf({ freshWrites: 3, logs: [BOUND] }),
    ),
  });
  return operations;
}
