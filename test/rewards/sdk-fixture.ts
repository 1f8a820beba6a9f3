import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { ContractRunner } from "ethers";
import { network } from "hardhat";

import {
  type ApprovalCollector,
  bitmapOf,
  cycleTimes,
  defaultThreshold,
  Guildhall,
  type Pool,
  type PoolConfig,
  type Roster,
  type SettleReport,
  type SettleStep,
  type UserAccount,
} from "../../sdk/src/index.js";
import type { BlockingToken } from "../../typechain-types/index.js";
import { memberKeys } from "../helpers/committee.js";
import { deploySuite } from "../helpers/suite.js";

/** The chain of the tests of the rewards SDK. Each test begins from a snapshot of it, see {@link loadRewards}. */
export const { ethers, networkHelpers, provider } = await network.create();
const { time } = networkHelpers;

export const GRANT = 10n;
/** A thousandth of the profit for each of 1,000 units. */
export const SHARE = 10n ** 15n;

export type Party = "operator" | "registrar" | "stranger";

/** A deployed suite with a client for each party, users, and a verifier. */
export type RewardsHall = {
  readonly directory: string;
  readonly halls: Readonly<Record<Party, Guildhall>>;
  readonly signers: Readonly<Record<Party, HardhatEthersSigner>>;
  readonly token: BlockingToken;
  readonly tokenAddress: string;
  /** Accounts with keys and money, and many without. */
  readonly keyed: readonly HardhatEthersSigner[];
  readonly users: readonly UserAccount[];
  readonly verifier: string;
  readonly memberKeys: ReturnType<typeof memberKeys>;
};

/** A user id and an account that are the same in every run. */
export function userOf(index: number): UserAccount {
  return {
    userId: ethers.id(`user ${index}`),
    account: ethers.getAddress(ethers.id(`account ${index}`).slice(0, 42)),
  };
}

async function deployRewards(): Promise<RewardsHall> {
  const [operator, registrar, stranger, ...keyed] = await ethers.getSigners();
  if (!operator || !registrar || !stranger) throw new TypeError("three accounts are needed");
  const { Directory: directory } = await deploySuite(operator);
  const token = await ethers.deployContract("BlockingToken");
  const tokenAddress = await token.getAddress();
  await token.mint(operator.address, 10n ** 24n);
  const signers = { operator, registrar, stranger };
  const connect = (signer: HardhatEthersSigner) => Guildhall.connect(signer, { directory });
  const halls = {
    operator: await connect(operator),
    registrar: await connect(registrar),
    stranger: await connect(stranger),
  };
  const keys = memberKeys(3);
  const config = { members: keys.map(({ address }) => address), threshold: defaultThreshold(3) };
  const created = await halls.operator.committees.create({ salt: ethers.id("verifier"), config });
  const { committeeId: verifier } = await created.wait();
  const users = Array.from({ length: 20 }, (_, index) => userOf(index));
  return { directory, halls, signers, token, tokenAddress, keyed, users, verifier, memberKeys: keys };
}

/** The state every test starts from. */
export async function loadRewards(): Promise<RewardsHall> {
  return networkHelpers.loadFixture(deployRewards);
}

/** A client of the suite that sends through another runner. */
export async function connectAs({ directory }: RewardsHall, runner: ContractRunner): Promise<Guildhall> {
  return Guildhall.connect(runner, { directory });
}

/** Creates a pool that begins in 100 seconds, and binds the users. */
export async function createPool(
  hall: RewardsHall,
  change: Partial<PoolConfig> = {},
  users: readonly UserAccount[] = hall.users,
): Promise<Pool> {
  const { halls, signers, tokenAddress } = hall;
  const config: PoolConfig = {
    mode: "ROSTER",
    form: "BITMAP",
    totalUnits: 1_000n,
    grant: GRANT,
    start: (await time.latest()) + 100,
    cycleLength: 1_000,
    publishWindow: 100,
    disputeWindow: 50,
    actionWindow: 500,
    registrar: signers.registrar.address,
    profitToken: tokenAddress,
    share: SHARE,
    conditionHash: ethers.id("condition"),
    metadataUri: "https://example.org/condition",
    ...change,
  };
  const created = await halls.operator.rewards.createPool({ salt: ethers.id("pool"), config });
  const { poolId } = await created.wait();
  if (users.length > 0) await (await halls.registrar.rewards.bind({ poolId, users })).wait();
  return halls.stranger.rewards.pool(poolId);
}

/** The committee's approval of a verdict. */
export async function approve(hall: RewardsHall, pool: Pool, cycle: number, roster: Roster) {
  const { rewards, committees } = hall.halls.stranger;
  const revision = await rewards.nextRevision(pool.poolId, cycle);
  const verdict = { committeeId: hall.verifier, epoch: 1, poolId: pool.poolId, cycle, revision, roster };
  const digest = rewards.verdictDigest(verdict);
  const collector: ApprovalCollector = await committees.collect({ committeeId: hall.verifier, digest });
  for (const key of hall.memberKeys) await collector.add({ signature: key.signingKey.sign(digest).serialized });
  return { epoch: 1, revision, approval: collector.build() };
}

/** A bitmap that says yes to those whose place in `eligible` is true. */
export function bitmapFor(eligible: readonly boolean[]) {
  const bits = new Uint8Array(Math.ceil(eligible.length / 8));
  eligible.forEach((yes, index) => {
    if (yes) bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7));
  });
  return bitmapOf({ count: eligible.length, bits });
}

/** Moves the chain's clock to a moment of a cycle. */
export async function toMoment(pool: Pool, cycle: number, moment: "end" | "finalFrom" | "actionUntil"): Promise<void> {
  await time.increaseTo(cycleTimes(pool, cycle)[moment]);
}

/** Runs settling to its end. */
export async function reportsOf(steps: AsyncIterable<SettleStep>): Promise<readonly SettleReport[]> {
  const reports: SettleReport[] = [];
  for await (const step of steps) reports.push(...step.reports);
  return reports;
}

/** What an async generator yields. */
export async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
