import { randomBytes } from "node:crypto";

import { hexlify, type BaseWallet, type BigNumberish } from "ethers";
import { network } from "hardhat";

import {
  committeeIdOf,
  type CommitteeDomain,
  type EpochConfig,
  type GroupKey,
  memberKeys,
  NO_KEY,
} from "../helpers/committee.js";

const connection = await network.getOrCreate();
export const { ethers, networkHelpers } = connection;

const SALT = `0x${"5a".repeat(32)}`;

/** A registry, and seven keys in ascending order of their addresses. */
async function registryFixture() {
  const [creator, admin, stranger] = await ethers.getSigners();
  const registry = await ethers.deployContract("CommitteeRegistry");
  const keys = memberKeys(7);
  const domain: CommitteeDomain = {
    name: "Guildhall CommitteeRegistry",
    version: "1",
    chainId: (await ethers.provider.getNetwork()).chainId,
    verifyingContract: await registry.getAddress(),
  };
  return { registry, domain, keys, creator: creator!, admin: admin!, stranger: stranger! };
}

export type Fixture = Awaited<ReturnType<typeof registryFixture>>;

/** The state every test starts from. */
export async function deployRegistry(): Promise<Fixture> {
  return networkHelpers.loadFixture(registryFixture);
}

/** An epoch of these accounts. */
export function epochOf(
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

/** Sets the time of the next block, and of calls until then. */
export async function setTime(timestamp: BigNumberish): Promise<void> {
  await networkHelpers.time.setNextBlockTimestamp(BigInt(timestamp));
}

export const digestOf = (text: string): string => ethers.id(text);

export const randomHash = (): string => hexlify(randomBytes(32));
