import { id, type Result, Wallet } from "ethers";

import type { UsageIndicator } from "../../typechain-types/index.js";
import {
  actionUntil,
  ALL_CYCLES,
  bitmapRoster,
  createPool,
  CYCLE,
  endOf,
  ethers,
  finalFrom,
  Form,
  goTo,
  type Line,
  loadWorld,
  Mode,
  NO_DEADLINE,
  type PoolConfig,
  type PoolState,
  proofOf,
  publishBitmap,
  publishRoot,
  publishVerdict,
  PUBLISH,
  report,
  settleByProof,
  settleOpen,
  Source,
  treeOf,
  type World,
} from "./rewards.js";

/** Pools by what decides: two roots, the operator's root or the verifier's, a bitmap, or a usage total. */
export type Kind = "bitmap" | "both" | "root" | "usage" | "verdict";

/** The cycle that is looked at: the last one, where the end is announced. */
export const LAST = 1;
export const PROFIT = 10n ** 6n;
/** What the bitmap's correction says, whose chunk is stored. */
export const CORRECTED = [true, true, false];

/** The usage that earns a grant. */
const THRESHOLD = 40n;

const CONFIGS: Readonly<Record<Kind, Partial<PoolConfig>>> = {
  both: { mode: Mode.BOTH },
  root: { mode: Mode.ROSTER },
  verdict: { mode: Mode.VERIFIER },
  bitmap: { mode: Mode.ROSTER, form: Form.BITMAP },
  usage: { mode: Mode.INDICATOR, threshold: THRESHOLD },
};

/** A pool of each kind, all in one state. In each the user holds a grant of cycle 0 and is owed its profit. */
export type Situation = {
  readonly world: World;
  readonly pools: Readonly<Record<Kind, PoolState>>;
  readonly indicator: UsageIndicator;
  readonly user: { readonly userId: string; readonly account: string; readonly key: World["stranger"] };
  /** Bound, and never granted anything: a roster of the last cycle says both yes and no of him. */
  readonly other: { readonly userId: string; readonly account: string };
};

type Step = (situation: Situation) => Promise<unknown>;

/** When the last cycle is looked at, to the second, and what happened in it before. */
const MOMENTS: Readonly<Record<string, readonly [moment: (pool: PoolState) => bigint, ...steps: Step[]]>> = {
  running: [(pool) => endOf(pool, LAST) - 1n],
  ended: [(pool) => endOf(pool, LAST)],
  published: [(pool) => endOf(pool, LAST) + PUBLISH, publish],
  unpublished: [(pool) => endOf(pool, LAST) + PUBLISH],
  voided: [(pool) => endOf(pool, LAST) + PUBLISH, publish, voidRoots],
  final: [(pool) => finalFrom(pool, LAST), publish],
  missed: [(pool) => finalFrom(pool, LAST)],
  settled: [(pool) => finalFrom(pool, LAST) + 3_600n, publish, settle],
  over: [(pool) => actionUntil(pool, LAST), publish],
  reported: [(pool) => actionUntil(pool, LAST), publish, reportLast],
};

export const STATES: readonly string[] = [
  ...["open", "ending"].flatMap((life) => Object.keys(MOMENTS).map((moment) => `${life}, ${moment}`)),
  "closed, reported",
];

/** Brings pools to a state; tells at which second the next call must come. */
export async function situationOf(state: string): Promise<{ readonly situation: Situation; readonly now: bigint }> {
  const [life, name] = state.split(", ") as [string, string];
  const situation = await granted();
  const { world, pools } = situation;
  if (life !== "open") {
    for (const { poolId } of Object.values(pools)) await world.pool.connect(world.operator).announceEnd(poolId);
  }
  const [moment, ...steps] = MOMENTS[name]!;
  for (const step of steps) await step(situation);
  if (life !== "closed") return { situation, now: moment(pools.both) };
  await goTo(actionUntil(pools.both, LAST));
  for (const { poolId } of Object.values(pools)) await world.pool.connect(world.operator).closePool(poolId);
  return { situation, now: actionUntil(pools.both, LAST) + 3_600n };
}

/** What is published of the last cycle. */
export function linesOf({ user, other }: Situation): Line[] {
  return [
    [user.userId, true],
    [other.userId, true],
    [other.userId, false],
  ];
}

/** Open pools in cycle 1, with cycle 0 settled and reported. */
async function granted(): Promise<Situation> {
  const world = await loadWorld();
  const [key] = world.others as [World["stranger"]];
  const user = { userId: id("the user"), account: key.address, key };
  const other = { userId: id("the other"), account: new Wallet(id("the other's key")).address };
  const third = { userId: id("a third"), account: new Wallet(id("a third's key")).address };
  const both = await createPool(world, CONFIGS.both, 0);
  const { start } = both;
  const indicator: UsageIndicator = await ethers.deployContract("UsageIndicator");
  const pools = {
    both,
    root: await createPool(world, { ...CONFIGS.root, start }, 0),
    verdict: await createPool(world, { ...CONFIGS.verdict, start }, 0),
    bitmap: await createPool(world, { ...CONFIGS.bitmap, start }, 0),
    usage: await createPool(world, { ...CONFIGS.usage, indicator: await indicator.getAddress(), start }, 0),
  };
  for (const { poolId } of Object.values(pools)) {
    const users = [user, other, third].map(({ userId, account }) => ({ userId, account }));
    await world.pool.connect(world.registrar).bind(poolId, users, NO_DEADLINE, "0x");
  }
  for (const chunk of bitmapRoster(CORRECTED).chunks) await world.store.store(chunk);
  const situation = { world, pools, indicator, user, other };
  await publish(situation, 0, [[user.userId, true]]);
  await settle(situation, 0, [[user.userId, true]]);
  for (const pool of Object.values(pools)) await report(world, pool, 0, PROFIT);
  return situation;
}

async function publish(situation: Situation, cycle = LAST, lines = linesOf(situation)): Promise<void> {
  const { world, pools, indicator, user } = situation;
  await publishRoot(world, pools.both, cycle, lines);
  await publishVerdict(world, pools.both, cycle, lines);
  await publishRoot(world, pools.root, cycle, lines);
  await publishVerdict(world, pools.verdict, cycle, lines);
  await publishBitmap(world, pools.bitmap, cycle, [true, false, false]);
  const end = endOf(pools.usage, cycle);
  await indicator.setTotal(user.userId, end - CYCLE, end, THRESHOLD);
}

async function voidRoots(situation: Situation): Promise<void> {
  const { world, pools, other } = situation;
  const published = [
    [pools.both, Source.OPERATOR],
    [pools.root, Source.OPERATOR],
    [pools.verdict, Source.VERIFIER],
  ] as const;
  for (const [{ poolId }, source] of published) {
    const proofs = contradiction(poolId, linesOf(situation), other.userId);
    await world.pool.voidRoot(poolId, LAST, source, other.userId, ...proofs);
  }
}

/** The proofs that a root says yes and no of a user. */
export function contradiction(poolId: string, lines: readonly Line[], userId: string): [yes: string[], no: string[]] {
  const tree = treeOf(poolId, LAST, lines);
  return [tree.getProof([poolId, LAST, userId, true]), tree.getProof([poolId, LAST, userId, false])];
}

async function settle(situation: Situation, cycle = LAST, lines = linesOf(situation)): Promise<void> {
  const { world, pools, user } = situation;
  await goTo(finalFrom(pools.both, cycle));
  const answer = { eligible: true, proof: proofOf(treeOf(pools.both.poolId, cycle, lines), user.userId) };
  await world.pool.settleWithProofs(pools.both.poolId, user.userId, user.account, cycle, answer, answer);
  for (const pool of [pools.root, pools.verdict]) {
    await settleByProof(world, pool, cycle, treeOf(pool.poolId, cycle, lines), user, true);
  }
  for (const pool of [pools.bitmap, pools.usage]) await settleOpen(world, pool, user, ALL_CYCLES);
}

async function reportLast({ world, pools }: Situation): Promise<void> {
  for (const pool of Object.values(pools)) await report(world, pool, LAST, PROFIT);
}

/** All that is known of a pool, its user and the evidence of its last cycle, by field. */
export type Books = Readonly<Record<string, unknown>>;

export async function booksOf({ world: { pool }, pools, user }: Situation, kind: Kind): Promise<Books> {
  const { poolId } = pools[kind];
  const [state, member, roster, verdict, revision] = await Promise.all([
    pool.poolOf(poolId),
    pool.memberOf(poolId, user.userId),
    pool.evidenceOf(poolId, LAST, Source.OPERATOR, 0n),
    pool.evidenceOf(poolId, LAST, Source.VERIFIER, 0n),
    pool.revisionOf(poolId, LAST),
  ]);
  const named = { ...(state as unknown as Result).toObject(), ...(member as unknown as Result).toObject() };
  return { ...named, roster, verdict, revision };
}
