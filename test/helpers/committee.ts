import {
  type BaseWallet,
  concat,
  dataLength,
  keccak256,
  toBeHex,
  TypedDataEncoder,
  type TypedDataField,
  Wallet,
} from "ethers";
import { signDigest } from "./signDigest.js";

export const NO_KEY = { x: 0n, y: 0n };

/** The latest second an epoch can be open until: "no end". */
export const OPEN = 2n ** 40n - 1n;

export type GroupKey = { readonly x: bigint; readonly y: bigint };

export type EpochConfig = { members: string[]; threshold: number; groupKey: GroupKey };

/** What the registry's structs are signed as. */
export const COMMITTEE_TYPES = {
  Committee: fields("address creator,bytes32 salt"),
  GroupKeyConfirmation: fields("bytes32 committeeId,uint32 epoch,uint256 groupKeyX,uint256 groupKeyY"),
  MemberApproval: fields("address member,bytes32 digest"),
  Retirement: fields("bytes32 committeeId,uint32 currentEpoch,uint32 epoch"),
  Rotation: fields(
    "bytes32 committeeId,uint32 currentEpoch,address[] members,uint8 threshold,uint256 groupKeyX,uint256 groupKeyY,uint40 graceUntil",
  ),
} as const;

export type CommitteeDomain = { name: string; version: string; chainId: bigint; verifyingContract: string };

/** The digest of one of the registry's structs. */
export function committeeDigest(
  domain: CommitteeDomain,
  type: keyof typeof COMMITTEE_TYPES,
  value: Record<string, unknown>,
): string {
  return TypedDataEncoder.hash(domain, { [type]: [...COMMITTEE_TYPES[type]] }, value);
}

/** The digest that a rotation's approval approves. */
export function rotationDigest(
  domain: CommitteeDomain,
  committeeId: string,
  currentEpoch: number,
  config: EpochConfig,
  graceUntil: bigint | number,
): string {
  return committeeDigest(domain, "Rotation", {
    committeeId,
    currentEpoch,
    members: config.members,
    threshold: config.threshold,
    groupKeyX: config.groupKey.x,
    groupKeyY: config.groupKey.y,
    graceUntil,
  });
}

/** The id of the committee that `creator` makes with `salt`. */
export function committeeIdOf(creator: string, salt: string): string {
  return TypedDataEncoder.hashStruct("Committee", { Committee: [...COMMITTEE_TYPES.Committee] }, { creator, salt });
}

/** One member's part of an approval: a key's signature, or what a wallet is to be asked. */
export type Entry =
  { readonly index: number; readonly key: string } | { readonly index: number; readonly wallet: string };

/** The approval of the members scheme, with the entries in index order. */
export function membersApproval(entries: readonly Entry[]): string {
  const ordered = [...entries].sort((a, b) => a.index - b.index);
  const bits = (chosen: readonly Entry[]) => chosen.reduce((sum, { index }) => sum | (1n << BigInt(index)), 0n);
  return concat([
    "0x01",
    toBeHex(bits(ordered), 32),
    toBeHex(bits(ordered.filter((entry) => "wallet" in entry)), 32),
    ...ordered.map((entry) =>
      "key" in entry ? entry.key : concat([toBeHex(dataLength(entry.wallet), 2), entry.wallet]),
    ),
  ]);
}

/** A key's signature of a digest, `r ‖ vs`. */
export function compactSignature(key: BaseWallet, digest: string): string {
  return signDigest(key.signingKey, digest).compactSerialized;
}

/** The approval of those members, all of them keys. */
export function approvalOfKeys(keys: readonly BaseWallet[], indexes: readonly number[], digest: string): string {
  return membersApproval(indexes.map((index) => ({ index, key: compactSignature(keys[index]!, digest) })));
}

/** Keys that are the same in every run, in ascending order of their addresses. */
export function memberKeys(count: number, seed = "member"): Wallet[] {
  return Array.from({ length: count }, (_, i) => new Wallet(keccak256(new TextEncoder().encode(`${seed}/${i}`)))).sort(
    (a, b) => (BigInt(a.address) < BigInt(b.address) ? -1 : 1),
  );
}

function fields(list: string): TypedDataField[] {
  return list.split(",").map((field) => {
    const [type, name] = field.split(" ");
    return { type: type!, name: name! };
  });
}
