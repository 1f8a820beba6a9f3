import { concat, dataLength, id } from "ethers";

import {
  approvalOfKeys,
  committeeIdOf,
  COMMITTEE_TYPES,
  compactSignature,
  type Entry,
  type EpochConfig,
  membersApproval,
  NO_KEY,
  OPEN,
} from "../helpers/committee.js";
import { anybody } from "../helpers/deals.js";
import { dealFrostGroup, frostApproval, signWithFrostGroup } from "../helpers/frost.js";
import { seededBytes } from "../helpers/random.js";
import { signDigest } from "../helpers/signDigest.js";
import {
  confirmationDigest,
  configOf,
  type Connection,
  type Fixture,
  registryFixture,
  SALT,
} from "../committee/fixture.js";
import { chainAt } from "./chainAt.js";
import { digestOf } from "./digestOf.js";
import type { Other, Place, Situation, Slot, Typed } from "./Slot.js";

const THRESHOLD = 4;
const KEY = 1;
const WALLET = 5;
const OTHER_WALLET = 6;
const OWNER = anybody("owner of the members' wallets");
const OTHER_GROUP = dealFrostGroup(2, 3, seededBytes("another group"));

/** A committee of five keys and two wallets of one owner, of whom four are needed. */
export type Board = Fixture & {
  readonly chain: Connection;
  readonly id: string;
  readonly epoch: number;
  readonly probe: Awaited<ReturnType<typeof deployProbe>>;
};

async function deployProbe({ ethers }: Connection, registry: string) {
  return ethers.deployContract("CommitteeProbe", [registry]);
}

/** The board at a place, whose group key its members confirmed or did not. */
export async function boardAt(place: Place, confirmed: boolean): Promise<Board> {
  const chain = await chainAt(place);
  const { ethers, networkHelpers } = chain;
  const base = await registryFixture(chain);
  const registry = place === "in another contract" ? await ethers.deployContract("CommitteeRegistry") : base.registry;
  const verifyingContract = await registry.getAddress();
  const fixture = { ...base, registry, domain: { ...base.domain, verifyingContract } };
  const { keys, creator, admin, group, domain } = fixture;

  const wallet = await ethers.deployContract("OwnerWallet", [OWNER.address]);
  const code = (await wallet.getDeployedCode())!;
  for (const index of [WALLET, OTHER_WALLET]) await networkHelpers.setCode(keys[index]!.address, code);

  const salt = place === "in another committee" ? id("another committee") : SALT;
  const config = configOf(keys, THRESHOLD);
  await registry.create(salt, admin.address, false, config);
  const committeeId = committeeIdOf(creator.address, salt);
  const epoch = place === "in another epoch" ? 2 : 1;
  if (epoch === 2) await registry.connect(admin).rotate(committeeId, config, OPEN - 1n, "0x");
  if (confirmed) {
    const approval = approvalOfKeys(keys, [0, 1, 2, 3], confirmationDigest(domain, committeeId, epoch, group.key));
    await registry.confirmGroupKey(committeeId, epoch, group.key, approval);
  }
  return { ...fixture, chain, id: committeeId, epoch, probe: await deployProbe(chain, verifyingContract) };
}

/** A document that members approve. */
export type ApprovalRow<B extends Board> = {
  readonly type: string;
  readonly where: string;
  /** The board at a place, with who asks it. */
  readonly board: (place: Place, confirmed: boolean) => Promise<B>;
  /** Places beside those that all boards have. */
  readonly elsewhere?: readonly Exclude<Place, "here">[];
  readonly typed: (board: B) => Typed;
  readonly call: (board: B, approval: string, digest: string) => Promise<unknown>;
  /** Whether the group's signature counts as well. */
  readonly byGroup: boolean;
};

const successors = ({ keys }: Board): EpochConfig => configOf(keys.slice(0, 3), 2);

const ours = ({ domain }: Board, type: keyof typeof COMMITTEE_TYPES, message: Typed["message"]): Typed => ({
  domain,
  types: { [type]: COMMITTEE_TYPES[type] },
  primaryType: type,
  message,
});

/** Every document of the registry's own, and one of somebody else's module. */
const ROWS: readonly ApprovalRow<Board>[] = [
  {
    type: "Rotation",
    where: "rotate",
    board: boardAt,
    byGroup: true,
    typed: (board) => {
      const { members, threshold } = successors(board);
      const { id: committeeId, epoch: currentEpoch } = board;
      return ours(board, "Rotation", {
        committeeId,
        currentEpoch,
        members,
        threshold,
        groupKeyX: NO_KEY.x,
        groupKeyY: NO_KEY.y,
        graceUntil: 0n,
      });
    },
    call: async (board, approval) => board.registry.rotate(board.id, successors(board), 0n, approval),
  },
  {
    type: "Retirement",
    where: "retire",
    board: boardAt,
    byGroup: true,
    typed: (board) => {
      const { id: committeeId, epoch } = board;
      return ours(board, "Retirement", { committeeId, currentEpoch: epoch, epoch });
    },
    call: async ({ registry, id: committeeId, epoch }, approval) => registry.retire(committeeId, epoch, approval),
  },
  {
    type: "GroupKeyConfirmation",
    where: "confirmGroupKey",
    board: boardAt,
    byGroup: false,
    typed: (board) => {
      const { id: committeeId, epoch, group } = board;
      return ours(board, "GroupKeyConfirmation", {
        committeeId,
        epoch,
        groupKeyX: group.key.x,
        groupKeyY: group.key.y,
      });
    },
    call: async ({ registry, id: committeeId, epoch, group }, approval) =>
      registry.confirmGroupKey(committeeId, epoch, group.key, approval),
  },
  {
    // A document of a module of somebody else's, which names the committee and the epoch as every module's has to.
    type: "Statement",
    where: "a module",
    board: boardAt,
    byGroup: true,
    typed: ({ domain, probe, id: committeeId, epoch }) => ({
      domain: { ...domain, name: "A module", verifyingContract: probe.target as string },
      types: {
        Statement: [
          { name: "committeeId", type: "bytes32" },
          { name: "epoch", type: "uint32" },
          { name: "text", type: "string" },
        ],
      },
      primaryType: "Statement",
      message: { committeeId, epoch, text: "Good day" },
    }),
    call: async ({ probe, id: committeeId, epoch }, approval, digest) =>
      probe.check(committeeId, epoch, digest, approval),
  },
];

/** Who gives the signature that is looked at; the others are honest. */
type Signer = {
  readonly name: string;
  readonly lengths: readonly number[];
  readonly hears: Slot["hears"];
  readonly typed: (board: Board, asked: Typed) => Typed;
  readonly account: (board: Board) => string;
  readonly sign: (board: Board, digest: string) => string;
  readonly key: (board: Board, digest: string) => string;
  readonly others: (board: Board, digest: string) => readonly Other[];
  /** The approval of the digest with this signature. */
  readonly approval: (board: Board, digest: string, signature: string, spare: boolean) => string;
  readonly refusal: (board: Board, signature: string) => readonly [error: string, args: readonly unknown[]];
};

const byKey = (board: Board, index: number, digest: string) =>
  signDigest(board.keys[index]!.signingKey, digest).serialized;
const entriesOf = (board: Board, indexes: readonly number[], digest: string): Entry[] =>
  indexes.map((index) => ({ index, key: compactSignature(board.keys[index]!, digest) }));
const question = (board: Board, index: number, digest: string): Typed =>
  ours(board, "MemberApproval", { member: board.keys[index]!.address, digest });

const member = (board: Board, index: number, ...honest: string[]): Other => ({
  name: `member ${index}`,
  offers: (asked) => [byKey(board, index, asked), ...honest.map((digest) => byKey(board, index, digest))],
});

const owner: Other = { name: "the wallets' owner", offers: (asked) => [OWNER.sign(asked)] };
const stranger: Other = { name: "a stranger", offers: (asked) => [anybody("a stranger").sign(asked)] };

const groupSignature = (group: Fixture["group"], digest: string) => {
  const approval = frostApproval(signWithFrostGroup(group, digest, seededBytes(digest)));
  return `0x${approval.slice(4)}`;
};

const KEY_MEMBER: Signer = {
  name: "a key",
  lengths: [64],
  hears: { key: true, code: false },
  typed: (_, asked) => asked,
  account: ({ keys }) => keys[KEY]!.address,
  sign: (board, digest) => byKey(board, KEY, digest),
  key: (board, digest) => byKey(board, KEY, digest),
  others: (board, digest) => [
    ...[0, 2, 3, 4, OTHER_WALLET].map((index) => member(board, index)),
    { ...owner, offers: (asked) => [OWNER.sign(asked), OWNER.sign(digestOf(question(board, WALLET, digest)))] },
    stranger,
  ],
  approval: (board, digest, signature, spare) =>
    membersApproval([...entriesOf(board, spare ? [0, 2, 3, 4] : [0, 2, 3], digest), { index: KEY, key: signature }]),
  refusal: ({ id: committeeId, epoch, keys }, signature) => {
    const length = dataLength(signature);
    return length === 64
      ? ["CommitteeWrongSignature", [committeeId, epoch, keys[KEY]!.address]]
      : ["CommitteeMalformedApproval", [committeeId, epoch, 65 + 4 * 64, 65 + 3 * 64 + length]];
  },
};

const WALLET_MEMBER: Signer = {
  name: "a wallet",
  lengths: [64, 65],
  hears: { key: false, code: true },
  typed: (board, asked) => question(board, WALLET, digestOf(asked)),
  account: ({ keys }) => keys[WALLET]!.address,
  sign: (_, digest) => OWNER.sign(digest),
  key: (board, digest) => byKey(board, WALLET, digest),
  others: (board, digest) => [
    ...[0, 1, 2, WALLET].map((index) => member(board, index, digest)),
    // The same owner stands behind another member: what it signed for that one must not count for this one (invariant C2).
    { name: "the other wallet", offers: () => [OWNER.sign(digestOf(question(board, OTHER_WALLET, digest)))] },
    { name: "the owner, for no wallet", offers: () => [OWNER.sign(digest)] },
    stranger,
  ],
  approval: (board, digest, signature, spare) =>
    membersApproval([
      ...entriesOf(board, spare ? [0, 1, 2, 3] : [0, 1, 2], digest),
      { index: WALLET, wallet: signature },
    ]),
  refusal: ({ id: committeeId, epoch }) => ["CommitteeTooFew", [committeeId, epoch, THRESHOLD, THRESHOLD - 1]],
};

const GROUP: Signer = {
  name: "the group",
  lengths: [96],
  hears: { key: false, code: false },
  typed: (_, asked) => asked,
  account: ({ keys }) => keys[0]!.address,
  sign: ({ group }, digest) => groupSignature(group, digest),
  key: ({ group }, digest) => groupSignature(group, digest),
  others: () => [{ name: "another group", offers: (asked) => [groupSignature(OTHER_GROUP, asked)] }],
  approval: (_, __, signature) => concat(["0x02", signature]),
  refusal: ({ id: committeeId, epoch }, signature) => {
    const length = dataLength(signature);
    return length === 96
      ? ["CommitteeWrongGroupSignature", [committeeId, epoch]]
      : ["CommitteeMalformedApproval", [committeeId, epoch, 97, 1 + length]];
  },
};

function situation<B extends Board>(row: ApprovalRow<B>, signer: Signer, board: B): Situation {
  const asked = row.typed(board);
  const digest = digestOf(asked);
  const approval = (signature: string, spare = false) => signer.approval(board, digest, signature, spare);
  const { registry, chain, id: committeeId, epoch } = board;
  const change = registry.interface.encodeFunctionData("create", [
    id("while asked"),
    board.stranger.address,
    false,
    successors(board),
  ]);
  return {
    chain,
    typed: signer.typed(board, asked),
    account: signer.account(board),
    sign: (each) => signer.sign(board, each),
    key: (each) => signer.key(board, each),
    others: signer.others(board, digest),
    present: async (signature) => row.call(board, approval(signature), digest),
    ...(signer.hears.code
      ? { presentWithSpare: async (signature: string) => row.call(board, approval(signature, true), digest) }
      : {}),
    ask: async (signature) => registry.isApproved(committeeId, epoch, digest, approval(signature)),
    contract: registry,
    refusal: (signature) => signer.refusal(board, signature),
    callback: {
      target: registry.target as string,
      change,
      read: registry.interface.encodeFunctionData("eip712Domain"),
    },
  };
}

function slot<B extends Board>(row: ApprovalRow<B>, signer: Signer): Slot {
  const type = signer === WALLET_MEMBER ? "MemberApproval" : row.type;
  return {
    type,
    name: `${signer.name}'s ${type} in ${row.where}`,
    lengths: signer.lengths,
    hears: signer.hears,
    places: [
      "on another chain",
      "in another contract",
      "in another epoch",
      "in another committee",
      ...(row.elsewhere ?? []),
    ],
    at: async (place) => situation(row, signer, await row.board(place, signer === GROUP)),
  };
}

/** The signatures that make an approval of a document: a key's, a wallet's and the group's. */
export function approvalSlots<B extends Board>(row: ApprovalRow<B>): readonly Slot[] {
  return [slot(row, KEY_MEMBER), slot(row, WALLET_MEMBER), ...(row.byGroup ? [slot(row, GROUP)] : [])];
}

export const COMMITTEE_SLOTS: readonly Slot[] = ROWS.flatMap((row) => approvalSlots(row));
