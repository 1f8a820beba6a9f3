import { expect } from "chai";
import type { BaseWallet } from "ethers";
import { network } from "hardhat";

import {
  approvalOfKeys,
  type CommitteeDomain,
  committeeDigest,
  committeeIdOf,
  type EpochConfig,
  type GroupKey,
  memberKeys,
  NO_KEY,
} from "../helpers/committee.js";
import { dealFrostGroup } from "../helpers/frost.js";
import { seededBytes } from "../helpers/random.js";

/** A simulated chain of a test's own. */
export type Connection = Awaited<ReturnType<typeof network.create>>;

export const home: Connection = await network.create();
export const { ethers, networkHelpers } = home;

export const SALT = ethers.id("salt");

/** What committees of these tests are asked to approve. */
export const DIGEST = ethers.id("digest");

/** A registry, seven keys in ascending order of their addresses, and a FROST group. */
export async function registryFixture({ ethers }: Connection) {
  const [creator, admin, stranger] = await ethers.getSigners();
  const registry = await ethers.deployContract("CommitteeRegistry");
  const keys = memberKeys(7);
  const group = dealFrostGroup(2, 3, seededBytes("group"));
  const domain: CommitteeDomain = {
    name: "Guildhall CommitteeRegistry",
    version: "1",
    chainId: (await ethers.provider.getNetwork()).chainId,
    verifyingContract: await registry.getAddress(),
  };
  return { registry, domain, keys, group, creator: creator!, admin: admin!, stranger: stranger! };
}

export type Fixture = Awaited<ReturnType<typeof registryFixture>>;

/** The state every test starts from. */
export async function deployRegistry(): Promise<Fixture> {
  return networkHelpers.loadFixture(registryFixture);
}

/** An epoch of these accounts. */
export function configOf(
  members: readonly (BaseWallet | string)[],
  threshold: number,
  groupKey: GroupKey = NO_KEY,
): EpochConfig {
  return {
    members: members.map((member) => (typeof member === "string" ? member : member.address)),
    threshold,
    groupKey,
  };
}

export type CreateOptions = { salt?: string; admin?: string; attributable?: boolean };

/** Creates a committee and returns its id. */
export async function createCommittee(
  { registry, creator }: Fixture,
  config: EpochConfig,
  { salt = SALT, admin = ethers.ZeroAddress, attributable = false }: CreateOptions = {},
): Promise<string> {
  await registry.create(salt, admin, attributable, config);
  return committeeIdOf(creator.address, salt);
}

/** What the members of an epoch approve to make a group key count. */
export function confirmationDigest(domain: CommitteeDomain, committeeId: string, epoch: number, key: GroupKey): string {
  return committeeDigest(domain, "GroupKeyConfirmation", {
    committeeId,
    epoch,
    groupKeyX: key.x,
    groupKeyY: key.y,
  });
}

/** A 3-of-5 committee whose epoch 1 has a confirmed group key. */
export async function createWithGroupKey(fixture: Fixture, options?: CreateOptions): Promise<string> {
  const { registry, domain, keys, group } = fixture;
  const id = await createCommittee(fixture, configOf(keys.slice(0, 5), 3), options);
  const approval = approvalOfKeys(keys, [0, 1, 2], confirmationDigest(domain, id, 1, group.key));
  await registry.confirmGroupKey(id, 1, group.key, approval);
  return id;
}

/** Sets the time of the next block; calls see it once that block is there. */
export async function mineAt(timestamp: bigint | number): Promise<void> {
  await networkHelpers.time.increaseTo(timestamp);
}

export type Ask = { id: string; approval: string; epoch?: number; digest?: string };

/** Demands that both faces of the verification accept (invariant C3). */
export async function expectApproved(
  { registry }: Fixture,
  { id, approval, epoch = 1, digest = DIGEST }: Ask,
): Promise<void> {
  expect(await registry.isApproved(id, epoch, digest, approval)).to.equal(true);
  await registry.requireApproval(id, epoch, digest, approval);
}

/** Demands that both faces refuse, the one with this error (invariant C3). */
export async function expectRefused(
  { registry }: Fixture,
  { id, approval, epoch = 1, digest = DIGEST }: Ask,
  error: string,
  args: readonly unknown[],
): Promise<void> {
  expect(await registry.isApproved(id, epoch, digest, approval)).to.equal(false);
  await expect(registry.requireApproval(id, epoch, digest, approval))
    .to.be.revertedWithCustomError(registry, error)
    .withArgs(...args);
}
