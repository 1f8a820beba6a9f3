import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import {
  AbiCoder,
  concat,
  dataLength,
  getBytes,
  hexlify,
  id,
  keccak256,
  type Signer,
  TypedDataEncoder,
  toBeHex,
  Wallet,
  ZeroAddress,
  ZeroHash,
} from "ethers";
import { network } from "hardhat";

import type { IRewardPool } from "../../typechain-types/index.js";
import { approvalOfKeys, committeeIdOf, memberKeys, NO_KEY } from "./committee.js";

export const { ethers, networkHelpers } = await network.create();

export const Mode = { ROSTER: 0n, VERIFIER: 1n, BOTH: 2n, INDICATOR: 3n } as const;
export const Form = { ROOT: 0n, BITMAP: 1n } as const;
export const Source = { OPERATOR: 0n, VERIFIER: 1n } as const;
export const Answer = { NONE: 0n, YES: 1n, NO: 2n } as const;
export const Refusal = {
  NONE: 0n,
  NOT_BOUND: 1n,
  NOT_FINAL: 2n,
  WINDOW_OVER: 3n,
  ALREADY_SETTLED: 4n,
  EARLIER_CYCLE_OPEN: 5n,
  POOL_EXHAUSTED: 6n,
} as const;

/** Users of one chunk of a bitmap. */
export const CHUNK_USERS = 196_600;

export const CYCLE = 7n * 86_400n;
export const PUBLISH = 86_400n;
export const DISPUTE = 2n * 86_400n;
export const ACTION = 14n * 86_400n;
export const GRANT = 10n;
export const TOTAL = 10_000n;
/** A hundred thousandth of the profit for each unit. */
export const SHARE = 10n ** 13n;
export const NO_END = 2n ** 32n - 1n;
export const ALL_CYCLES = 2n ** 32n - 1n;

/** The last second that there is. */
export const NO_DEADLINE = 2n ** 40n - 1n;

/** No verdict: the operator publishes. */
export const BY_OPERATOR = { epoch: 0n, revision: 0n, approval: "0x" };

/** What the pools' structs are signed, or hashed for an id, as. */
export const REWARD_TYPES = {
  Pool: fields("address operator,bytes32 salt"),
  UserAccount: [
    { name: "userId", type: "bytes32" },
    { name: "account", type: "address" },
  ],
  Bindings: [
    { name: "poolId", type: "bytes32" },
    { name: "users", type: "UserAccount[]" },
    { name: "deadline", type: "uint40" },
  ],
  UserRebinding: fields(
    "bytes32 poolId,bytes32 userId,address account,address newAccount,uint32 nonce,uint40 deadline",
  ),
  RegistrarRebinding: fields(
    "bytes32 poolId,bytes32 userId,address account,address newAccount,uint32 nonce,uint40 deadline,bytes32 userEndorsement",
  ),
  Verdict: fields(
    "bytes32 committeeId,uint32 epoch,bytes32 poolId,uint32 cycle,uint32 revision,bytes32 root,uint32 count,uint32 eligible,bytes32 contentHash,string evidenceUri,bool noneEligible",
  ),
};

function fields(list: string) {
  return list.split(",").map((field) => {
    const [type = "", name = ""] = field.split(" ");
    return { name, type };
  });
}

export type RewardType = Exclude<keyof typeof REWARD_TYPES, "Pool" | "UserAccount">;

/** The types that one struct of the pool's is signed as. */
export function rewardTypes(type: RewardType) {
  return type === "Bindings"
    ? { Bindings: REWARD_TYPES.Bindings, UserAccount: REWARD_TYPES.UserAccount }
    : { [type]: REWARD_TYPES[type] };
}

export type PoolConfig = IRewardPool.PoolConfigStruct;
export type Roster = IRewardPool.RosterStruct;
export type User = { readonly userId: string; readonly account: string };

async function worldFixture() {
  const [operator, registrar, caller, stranger, ...others] = await ethers.getSigners();
  const registry = await ethers.deployContract("CommitteeRegistry");
  const store = await ethers.deployContract("ChunkStore");
  const pool = await ethers.deployContract("RewardPool", [await registry.getAddress(), await store.getAddress()]);
  const token = await ethers.deployContract("StandardToken");
  const keys = memberKeys(3);
  const members = keys.map((key) => key.address);
  await registry
    .connect(operator)
    .create(id("verifier"), ZeroAddress, false, { members, threshold: 2, groupKey: NO_KEY });
  await registry.connect(operator).create(id("next"), ZeroAddress, false, { members, threshold: 3, groupKey: NO_KEY });
  await token.mint(operator!.address, 10n ** 30n);
  await token.connect(operator).approve(await pool.getAddress(), 2n ** 256n - 1n);
  return {
    pool,
    registry,
    store,
    token,
    keys,
    verifier: committeeIdOf(operator!.address, id("verifier")),
    nextVerifier: committeeIdOf(operator!.address, id("next")),
    operator: operator!,
    registrar: registrar!,
    caller: caller!,
    stranger: stranger!,
    others,
    domain: {
      name: "Guildhall RewardPool",
      version: "1",
      chainId: (await ethers.provider.getNetwork()).chainId,
      verifyingContract: await pool.getAddress(),
    },
    poolAddress: await pool.getAddress(),
    tokenAddress: await token.getAddress(),
  };
}

export type World = Awaited<ReturnType<typeof worldFixture>>;

/** The state that every test starts from: the contracts, a verifier of 2 of 3, an operator with money. */
export async function loadWorld(): Promise<World> {
  return networkHelpers.loadFixture(worldFixture);
}

/** Whom and what a configuration names. */
export type Named = {
  readonly registrar: { readonly address: string };
  readonly tokenAddress: string;
  readonly verifier: string;
};

/** A sound configuration that starts an hour from now. */
export async function configOf(world: Named, changes: Partial<PoolConfig> = {}): Promise<PoolConfig> {
  const mode = BigInt(changes.mode ?? Mode.ROSTER);
  return {
    mode,
    form: Form.ROOT,
    totalUnits: TOTAL,
    grant: GRANT,
    maxUnits: 0n,
    start: changes.start ?? BigInt(await networkHelpers.time.latest()) + 3_600n,
    cycleLength: CYCLE,
    publishWindow: PUBLISH,
    disputeWindow: DISPUTE,
    actionWindow: ACTION,
    registrar: world.registrar.address,
    profitToken: world.tokenAddress,
    share: SHARE,
    verifier: mode === Mode.VERIFIER || mode === Mode.BOTH ? world.verifier : ZeroHash,
    verifierDelay: 3n * CYCLE,
    indicator: ZeroAddress,
    threshold: 0n,
    conditionHash: id("forty deliveries in time"),
    metadataUri: "https://example.org/pool.json",
    ...changes,
  };
}

export function poolIdOf(operator: string, salt: string): string {
  return keccak256(
    AbiCoder.defaultAbiCoder().encode(
      ["bytes32", "address", "bytes32"],
      [id("Pool(address operator,bytes32 salt)"), operator, salt],
    ),
  );
}

/** Bindings that fit a transaction with room to spare. */
const BIND_BATCH = 150;

/** A pool with users bound from its start on. */
export async function createPool(world: World, changes: Partial<PoolConfig> = {}, userCount = 4) {
  const config = await configOf(world, changes);
  const salt = id(JSON.stringify(config, (_, value: unknown) => (typeof value === "bigint" ? `${value}` : value)));
  await world.pool.connect(world.operator).createPool(salt, config);
  const poolId = poolIdOf(world.operator.address, salt);
  const users = usersOf(poolId, userCount);
  for (let i = 0; i < userCount; i += BIND_BATCH) {
    await world.pool.connect(world.registrar).bind(poolId, users.slice(i, i + BIND_BATCH), NO_DEADLINE, "0x");
  }
  return { poolId, salt, users, config, start: BigInt(config.start) };
}

export type PoolState = Awaited<ReturnType<typeof createPool>>;

/** Users with keys of their own. */
export function usersOf(poolId: string, count: number): (User & { readonly key: Wallet })[] {
  return Array.from({ length: count }, (_, i) => {
    const key = new Wallet(keccak256(concat([poolId, toBeHex(i + 1, 32)])));
    return { userId: id(`user ${i} of ${poolId}`), account: key.address, key };
  });
}

export type BoundUser = PoolState["users"][number];

export const endOf = ({ start }: PoolState, cycle: number): bigint => start + (BigInt(cycle) + 1n) * CYCLE;
export const finalFrom = (state: PoolState, cycle: number): bigint => endOf(state, cycle) + PUBLISH + DISPUTE;
export const actionUntil = (state: PoolState, cycle: number): bigint => finalFrom(state, cycle) + ACTION;

/** Gives the next block this time. */
export async function at(time: bigint): Promise<void> {
  await networkHelpers.time.setNextBlockTimestamp(time);
}

/** Mines a block at this time, unless it is past. */
export async function goTo(time: bigint): Promise<void> {
  if (BigInt(await networkHelpers.time.latest()) < time) await networkHelpers.time.increaseTo(time);
}

export type Line = readonly [userId: string, eligible: boolean];

/** A roster's tree, in OpenZeppelin's form. */
export function treeOf(poolId: string, cycle: number, lines: readonly Line[]) {
  return StandardMerkleTree.of(
    lines.map(([userId, eligible]) => [poolId, cycle, userId, eligible]),
    ["bytes32", "uint32", "bytes32", "bool"],
  );
}

export type Tree = ReturnType<typeof treeOf>;

export function leafOf(poolId: string, cycle: number, userId: string, eligible: boolean): string {
  const encoded = AbiCoder.defaultAbiCoder().encode(
    ["bytes32", "uint32", "bytes32", "bool"],
    [poolId, cycle, userId, eligible],
  );
  return keccak256(keccak256(encoded));
}

export function proofOf(tree: Tree, userId: string): string[] {
  for (const [i, value] of tree.entries()) if (value[2] === userId) return tree.getProof(i);
  return [];
}

/** A roster over `lines` as a root. */
export function rootRoster(tree: Tree, lines: readonly Line[], changes: Partial<Roster> = {}): Roster {
  return {
    root: tree.root,
    count: lines.length,
    eligible: lines.filter(([, eligible]) => eligible).length,
    contentHash: id("the roster's file"),
    evidenceUri: "https://example.org/roster",
    noneEligible: false,
    ...changes,
  };
}

/** The hash of the creation code by which the chunk store keeps `bits`. */
export function chunkHashOf(bits: string): string {
  return keccak256(concat(["0x61", toBeHex(dataLength(bits) + 1, 2), "0x80600a3d393df300", bits]));
}

/** The bits of a bitmap, in chunks. */
export function chunksOf(answers: readonly boolean[]): string[] {
  const chunks: string[] = [];
  for (let from = 0; from < answers.length; from += CHUNK_USERS) {
    const part = answers.slice(from, from + CHUNK_USERS);
    const bytes = new Uint8Array(Math.ceil(part.length / 8));
    part.forEach((answer, i) => {
      if (answer) bytes[i >> 3]! |= 1 << (i & 7);
    });
    chunks.push(hexlify(bytes));
  }
  return chunks;
}

export function bitmapContentOf(count: number, chunkHashes: readonly string[]): string {
  return keccak256(AbiCoder.defaultAbiCoder().encode(["uint32", "bytes32[]"], [count, chunkHashes]));
}

/** A bitmap's roster and the chunks that it names. */
export function bitmapRoster(answers: readonly boolean[], changes: Partial<Roster> = {}) {
  const chunks = chunksOf(answers);
  const chunkHashes = chunks.map(chunkHashOf);
  const roster: Roster = {
    root: ZeroHash,
    count: answers.length,
    eligible: answers.filter(Boolean).length,
    contentHash: bitmapContentOf(answers.length, chunkHashes),
    evidenceUri: "",
    noneEligible: false,
    ...changes,
  };
  return { roster, chunks, chunkHashes };
}

/** What the verifier's members approve. */
export function verdictOf(
  world: World,
  poolId: string,
  cycle: number,
  roster: Roster,
  { revision = 1n, verifier = world.verifier, signers = [0, 1], epoch = 1n } = {},
) {
  const digest = rewardDigest(world, "Verdict", {
    committeeId: verifier,
    epoch,
    poolId,
    cycle,
    revision,
    ...roster,
  });
  return { epoch, revision, approval: approvalOfKeys(world.keys, signers, digest) };
}

export function rewardDigest(world: World, type: RewardType, value: Record<string, unknown>): string {
  return TypedDataEncoder.hash(world.domain, rewardTypes(type), value);
}

export async function signReward(
  world: World,
  signer: Signer | Wallet,
  type: RewardType,
  value: Record<string, unknown>,
): Promise<string> {
  return signer.signTypedData(world.domain, rewardTypes(type), value);
}

/** Publishes a root for a cycle, at once where its window is open, else at its end. */
export async function publishRoot(world: World, state: PoolState, cycle: number, lines: readonly Line[]) {
  const tree = treeOf(state.poolId, cycle, lines);
  await goTo(endOf(state, cycle));
  const roster = rootRoster(tree, lines, { noneEligible: true });
  await world.pool.connect(world.operator).publish(state.poolId, cycle, roster, [], BY_OPERATOR);
  return tree;
}

/** Stores and publishes a bitmap for a cycle. */
export async function publishBitmap(world: World, state: PoolState, cycle: number, answers: readonly boolean[]) {
  const { roster, chunks, chunkHashes } = bitmapRoster(answers, { noneEligible: true });
  for (const chunk of chunks) await world.store.store(chunk);
  await goTo(endOf(state, cycle));
  await world.pool.connect(world.operator).publish(state.poolId, cycle, roster, chunkHashes, BY_OPERATOR);
}

/** Settles one user's cycle by a proof out of `tree`. */
export async function settleByProof(
  world: World,
  { poolId }: PoolState,
  cycle: number,
  tree: Tree,
  user: User,
  eligible: boolean,
) {
  const { userId, account } = user;
  return world.pool
    .connect(world.caller)
    .settleWithProof(poolId, userId, account, cycle, eligible, proofOf(tree, userId));
}

/** Reports a cycle's profit. */
export async function report(world: World, { poolId }: PoolState, cycle: number, profit: bigint) {
  return world.pool.connect(world.operator).reportProfit(poolId, cycle, world.tokenAddress, profit, id("the accounts"));
}

/** Demands that a call is refused with exactly this, and that the honest call then succeeds. */
export async function refused(
  world: World,
  attempt: Promise<unknown>,
  error: string,
  args: readonly unknown[],
  honest?: () => Promise<unknown>,
): Promise<void> {
  await expect(attempt)
    .to.be.revertedWithCustomError(world.pool, error)
    .withArgs(...args);
  if (honest !== undefined) await honest();
}

/** The units of a user. */
export async function unitsOf({ pool }: World, { poolId }: PoolState, { account }: User): Promise<bigint> {
  return pool.balanceOf(account, poolId);
}

export const bytesOf = (hex: string): Uint8Array => getBytes(hex);

/** Publishes a root and waits until it is final. */
export async function finalRoot(world: World, state: PoolState, cycle: number, lines: readonly Line[]): Promise<Tree> {
  const tree = await publishRoot(world, state, cycle, lines);
  await goTo(finalFrom(state, cycle));
  return tree;
}

/** Publishes a bitmap and waits until it is final. */
export async function finalBitmap(world: World, state: PoolState, cycle: number, answers: readonly boolean[]) {
  await publishBitmap(world, state, cycle, answers);
  await goTo(finalFrom(state, cycle));
}

/** Publishes the verifier's root for a cycle, at once where its window is open, else at its end. */
export async function publishVerdict(
  world: World,
  state: PoolState,
  cycle: number,
  lines: readonly Line[],
  options: Parameters<typeof verdictOf>[4] = {},
) {
  const tree = treeOf(state.poolId, cycle, lines);
  await goTo(endOf(state, cycle));
  const roster = rootRoster(tree, lines, { noneEligible: true });
  const verdict = verdictOf(world, state.poolId, cycle, roster, options);
  await world.pool.connect(world.caller).publish(state.poolId, cycle, roster, [], verdict);
  return tree;
}

/** Settles a user's cycles from evidence on chain. */
export async function settleOpen(world: World, { poolId }: PoolState, user: User, untilCycle = ALL_CYCLES) {
  return world.pool.connect(world.caller).settle(poolId, user.userId, user.account, untilCycle);
}

/** Grants a user units by a roster of `cycle` alone. */
export async function grantByRoot(world: World, state: PoolState, cycle: number, users: readonly User[]) {
  const lines = users.map(({ userId }): Line => [userId, true]);
  const tree = await finalRoot(world, state, cycle, lines);
  for (const user of users) await settleByProof(world, state, cycle, tree, user, true);
}

export async function claim(world: World, { poolId }: PoolState, { userId }: User) {
  return world.pool.connect(world.caller).claim(poolId, userId);
}

export async function owedTo({ pool }: World, { poolId }: PoolState, { userId }: User): Promise<bigint> {
  return (await pool.memberOf(poolId, userId)).owed;
}

/** Announces the end, waits out the last action window, reports nothing for cycles not reported, and closes. */
export async function close(world: World, state: PoolState): Promise<void> {
  const { poolId } = state;
  const pool = world.pool.connect(world.operator);
  if ((await pool.poolOf(poolId)).endCycle === NO_END) await pool.announceEnd(poolId);
  const { endCycle, reportCount } = await pool.poolOf(poolId);
  await goTo(actionUntil(state, Number(endCycle) - 1));
  for (let cycle = reportCount; cycle < endCycle; cycle++) await report(world, state, Number(cycle), 0n);
  await pool.closePool(poolId);
}

/** What both sign to bind a user id to another account. */
export async function rebindingOf(
  world: World,
  { poolId }: PoolState,
  user: User & { readonly key: Signer | Wallet },
  newAccount: string,
  { nonce = 0n, deadline = 0n, registrar = world.registrar, account = user.account } = {},
) {
  const until = deadline === 0n ? BigInt(await networkHelpers.time.latest()) + 86_400n : deadline;
  const value = { poolId, userId: user.userId, account, newAccount, nonce, deadline: until };
  const userSignature = await signReward(world, user.key, "UserRebinding", value);
  const userEndorsement = rewardDigest(world, "UserRebinding", value);
  const registrarSignature = await signReward(world, registrar, "RegistrarRebinding", { ...value, userEndorsement });
  const send = async (by = world.caller, signatures = [userSignature, registrarSignature]) =>
    world.pool.connect(by).rebind(poolId, user.userId, newAccount, until, signatures[0]!, signatures[1]!);
  return { value, userEndorsement, userSignature, registrarSignature, send };
}
