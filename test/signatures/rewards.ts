import { id } from "ethers";

import { type Account, accountAt, anybody, type Connection, type Party } from "../helpers/deals.js";
import {
  configOf,
  CYCLE,
  Mode,
  NO_DEADLINE,
  type PoolConfig,
  poolIdOf,
  type RewardType,
  type Roster,
  rewardTypes,
  usersOf,
} from "../helpers/rewards.js";
import { chainAt } from "./chainAt.js";
import { approvalSlots, type Board, boardAt } from "./committees.js";
import { digestOf } from "./digestOf.js";
import type { Other, Place, Situation, Slot, Typed } from "./Slot.js";

type RewardPool = Awaited<ReturnType<typeof deployPool>>;

/** A pool in which one user is bound, and everybody who could sign something about it. */
type World = {
  readonly chain: Connection;
  readonly pool: RewardPool;
  readonly domain: Typed["domain"];
  readonly poolId: string;
  readonly config: PoolConfig;
  readonly parties: Readonly<Record<Name, Party>>;
  readonly caller: Account;
};

type Name = "operator" | "registrar" | "user" | "new account" | "newcomer" | "stranger";

/** A signature of a party of a pool. */
type RewardRow = {
  readonly type: RewardType;
  readonly where: "bind" | "rebind";
  readonly role: "registrar" | "user";
  readonly message: (world: World) => Typed["message"];
  /** The call with this signature, all else being honest. */
  readonly call: (world: World, signature: string) => Promise<unknown>;
};

const SALT = id("a pool");
const OTHER_SALT = id("another pool");
const USER_ID = id("a user");
const DEADLINE = 4_000_000_000n;

async function deployPool({ ethers }: Connection, registry: string) {
  const store = await ethers.deployContract("ChunkStore");
  return ethers.deployContract("RewardPool", [registry, await store.getAddress()]);
}

async function domainOf({ ethers }: Connection, pool: RewardPool): Promise<Typed["domain"]> {
  const { chainId } = await ethers.provider.getNetwork();
  return { name: "Guildhall RewardPool", version: "1", chainId, verifyingContract: await pool.getAddress() };
}

/** The contract twice, a token, and the parties. */
async function deployWorld(chain: Connection) {
  const { ethers } = chain;
  const registry = await ethers.deployContract("CommitteeRegistry");
  const address = await registry.getAddress();
  const token = await ethers.deployContract("StandardToken");
  const [operator, caller] = await Promise.all([1, 2].map(async (index) => accountAt(chain, index)));
  return {
    pool: await deployPool(chain, address),
    another: await deployPool(chain, address),
    tokenAddress: await token.getAddress(),
    operator: operator!,
    caller: caller!,
    registrar: anybody("a pool's registrar"),
  };
}

/** The world at a place. The user's first binding is of the registrar's own signature. */
async function worldAt(place: Place): Promise<World> {
  const chain = await chainAt(place);
  const { networkHelpers } = chain;
  const { operator, registrar, caller, another, ...base } = await deployWorld(chain);
  const pool = place === "in another contract" ? another : base.pool;
  const salt = place === "in another pool" ? OTHER_SALT : SALT;
  const start = BigInt(await networkHelpers.time.latest()) + 3_600n;
  const config = await configOf({ registrar, tokenAddress: base.tokenAddress, verifier: "" }, { start });
  await pool.connect(operator.runner).createPool(salt, config);
  const world: World = {
    chain,
    pool,
    domain: await domainOf(chain, pool),
    poolId: poolIdOf(operator.address, salt),
    config,
    parties: {
      operator,
      registrar,
      user: anybody("a pool's user"),
      "new account": anybody("a user's new account"),
      newcomer: anybody("a newcomer to a pool"),
      stranger: anybody("a stranger"),
    },
    caller,
  };
  const users = [{ userId: USER_ID, account: world.parties.user.address }];
  const typed = typedOf(world, "Bindings", { poolId: world.poolId, users, deadline: DEADLINE });
  await pool.connect(caller.runner).bind(world.poolId, users, DEADLINE, registrar.sign(digestOf(typed)));
  return world;
}

const typedOf = ({ domain }: World, type: RewardType, message: Typed["message"]): Typed => ({
  domain,
  types: rewardTypes(type),
  primaryType: type,
  message,
});

const newcomers = ({ parties }: World) => [
  { userId: id("a newcomer"), account: parties.newcomer.address },
  { userId: id("another newcomer"), account: anybody("another newcomer to a pool").address },
];

const rebinding = ({ poolId, parties }: World) => ({
  poolId,
  userId: USER_ID,
  account: parties.user.address,
  newAccount: parties["new account"].address,
  nonce: 0n,
  deadline: DEADLINE,
});

const USER_REBINDING: RewardRow = {
  type: "UserRebinding",
  where: "rebind",
  role: "user",
  message: rebinding,
  call: async (world, signature) => rebind(world, signature, honestOf(world, REGISTRAR_REBINDING)),
};

const REGISTRAR_REBINDING: RewardRow = {
  type: "RegistrarRebinding",
  where: "rebind",
  role: "registrar",
  message: (world) => ({
    ...rebinding(world),
    userEndorsement: digestOf(typedOf(world, "UserRebinding", rebinding(world))),
  }),
  call: async (world, signature) => rebind(world, honestOf(world, USER_REBINDING), signature),
};

/** Every signature of one account that a reward pool takes. A new type of document adds its own here. */
const ROWS: readonly RewardRow[] = [
  {
    type: "Bindings",
    where: "bind",
    role: "registrar",
    message: (world) => ({ poolId: world.poolId, users: newcomers(world), deadline: DEADLINE }),
    call: async (world, signature) =>
      world.pool.connect(world.caller.runner).bind(world.poolId, newcomers(world), DEADLINE, signature),
  },
  USER_REBINDING,
  REGISTRAR_REBINDING,
];

function honestOf(world: World, row: RewardRow): string {
  return world.parties[row.role].sign(digestOf(typedOf(world, row.type, row.message(world))));
}

async function rebind({ pool, poolId, parties, caller }: World, user: string, registrar: string): Promise<unknown> {
  const { address } = parties["new account"];
  return pool.connect(caller.runner).rebind(poolId, USER_ID, address, DEADLINE, user, registrar);
}

function situation(row: RewardRow, world: World): Situation {
  const { pool, parties, caller, chain, config } = world;
  const { address: account, sign } = parties[row.role];
  const typed = typedOf(world, row.type, row.message(world));
  const digest = digestOf(typed);
  const others = Object.entries(parties)
    .filter(([name]) => name !== row.role)
    .map(([name, party]): Other => {
      const honest = ROWS.filter(({ role }) => role === name).map((each) => honestOf(world, each));
      return { name: `the ${name}`, offers: (asked) => [party.sign(asked), ...honest] };
    });
  return {
    chain,
    typed,
    account,
    sign,
    key: sign,
    others,
    present: async (signature) => row.call(world, signature),
    contract: pool,
    refusal: (signature) =>
      signature === "0x" && row.role === "registrar"
        ? ["RewardPoolNotRegistrar", [account, caller.address]]
        : ["RewardPoolWrongSignature", [account, digest]],
    callback: {
      target: pool.target as string,
      change: pool.interface.encodeFunctionData("createPool", [id("while asked"), config]),
      read: pool.interface.encodeFunctionData("eip712Domain"),
    },
  };
}

/** A committee that is a pool's verifier, when its verdict of the first cycle is due. */
type Verifier = Board & {
  readonly pool: RewardPool;
  readonly poolDomain: Typed["domain"];
  readonly poolId: string;
};

const ROSTER: Roster = {
  root: id("a root"),
  count: 3n,
  eligible: 2n,
  contentHash: id("a verdict's file"),
  evidenceUri: "https://example.org/verdict",
  noneEligible: false,
};
const VERDICT = { cycle: 0n, revision: 1n };

async function verifierAt(place: Place, confirmed: boolean): Promise<Verifier> {
  const board = await boardAt(place, confirmed);
  const { chain, creator: operator, admin: registrar, id: verifier } = board;
  const pool = await deployPool(chain, board.registry.target as string);
  const token = await chain.ethers.deployContract("StandardToken");
  const salt = place === "in another pool" ? OTHER_SALT : SALT;
  const poolId = poolIdOf(operator.address, salt);
  const start = BigInt(await chain.networkHelpers.time.latest()) + 3_600n;
  const named = { registrar, tokenAddress: await token.getAddress(), verifier };
  await pool.connect(operator).createPool(salt, await configOf(named, { mode: Mode.VERIFIER, start }));
  await pool.connect(registrar).bind(poolId, usersOf(poolId, Number(ROSTER.count)), NO_DEADLINE, "0x");
  await chain.networkHelpers.time.increaseTo(start + CYCLE);
  return { ...board, pool, poolDomain: await domainOf(chain, pool), poolId };
}

export const REWARD_SLOTS: readonly Slot[] = [
  ...ROWS.map((row): Slot => ({
    type: row.type,
    name: `the ${row.role}'s ${row.type} in ${row.where}`,
    lengths: [65, 64],
    ...(row.role === "registrar" ? { emptyMeansCaller: true as const } : {}),
    hears: { key: true, code: true },
    places: ["on another chain", "in another contract", "in another pool"],
    at: async (place) => situation(row, await worldAt(place)),
  })),
  ...approvalSlots<Verifier>({
    type: "Verdict",
    where: "publish",
    board: verifierAt,
    elsewhere: ["in another pool"],
    byGroup: true,
    typed: ({ poolDomain: domain, poolId, id: committeeId, epoch }) => ({
      domain,
      types: rewardTypes("Verdict"),
      primaryType: "Verdict",
      message: { committeeId, epoch, poolId, ...VERDICT, ...ROSTER },
    }),
    call: async ({ pool, poolId, epoch, stranger }, approval) => {
      const { cycle, revision } = VERDICT;
      return pool.connect(stranger).publish(poolId, cycle, ROSTER, [], { epoch, revision, approval });
    },
  }),
];
