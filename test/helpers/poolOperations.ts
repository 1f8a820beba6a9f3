import { id, Wallet } from "ethers";

import { contradiction, CORRECTED, type Kind, LAST, linesOf, PROFIT, type Situation } from "./poolStates.js";
import {
  actionUntil,
  ALL_CYCLES,
  bitmapRoster,
  BY_OPERATOR,
  endOf,
  finalFrom,
  type Line,
  NO_DEADLINE,
  type PoolState,
  proofOf,
  rebindingOf,
  type Roster,
  rootRoster,
  SHARE,
  signReward,
  Source,
  treeOf,
  verdictOf,
  type World,
} from "./rewards.js";

export const CALLERS = ["operator", "registrar", "verifier", "user", "stranger"] as const;
export type Caller = (typeof CALLERS)[number];
type Contract = World["pool"];

/** A call on one of the pools. */
export type Operation = {
  readonly kind: Kind;
  readonly cycle: number;
  readonly source: bigint;
  /** From when on it may come, and before when, where the time of the cycle decides. */
  readonly from: (pool: PoolState, cycle: number) => bigint;
  readonly until: (pool: PoolState, cycle: number) => bigint;
  readonly call: (situation: Situation, caller: Caller) => Promise<unknown>;
};

/** Who sends it: the verifier is a committee, whose approval somebody brings. */
export function senderOf({ world, user }: Situation, caller: Caller): World["stranger"] {
  return caller === "user" ? user.key : world[caller === "verifier" ? "caller" : caller];
}

/** A user id that is not bound yet, and an account that is nobody's. */
export const NEWCOMER = { userId: id("a newcomer"), account: new Wallet(id("a newcomer's key")).address };
export const NEW_ACCOUNT = new Wallet(id("a new account's key")).address;

/** What a correction of the last cycle's roster, or the next one's, says. */
export function rosterOf({ user }: Situation, { poolId }: PoolState, cycle: number): Roster {
  const lines: Line[] = [[user.userId, true]];
  return rootRoster(treeOf(poolId, cycle, lines), lines);
}

type Call = (contract: Contract, poolId: string, situation: Situation, caller: Caller) => Promise<unknown>;

function operation(call: Call, changes: Partial<Omit<Operation, "call">> = {}): Operation {
  const rest = {
    kind: "both" as Kind,
    cycle: LAST,
    source: Source.OPERATOR as bigint,
    from: endOf,
    until: finalFrom,
    ...changes,
  };
  return {
    ...rest,
    call: async (situation, caller) => {
      const contract = situation.world.pool.connect(senderOf(situation, caller));
      return call(contract, situation.pools[rest.kind].poolId, situation, caller);
    },
  };
}

const proven = { from: finalFrom, until: actionUntil };

/** The last cycle's tree as published, and what it proves of the user. */
function proofs(situation: Situation, kind: Kind) {
  const tree = treeOf(situation.pools[kind].poolId, LAST, linesOf(situation));
  const multi = tree.getMultiProof([0]);
  const { userId, account } = situation.user;
  return {
    single: proofOf(tree, userId),
    batch: [{ userId, account, eligible: true }],
    multi: { proof: multi.proof, flags: multi.proofFlags },
  };
}

const publishRoster =
  (cycle: number, kind: Kind = "both"): Call =>
  async (contract, poolId, situation) =>
    contract.publish(poolId, cycle, rosterOf(situation, situation.pools[kind], cycle), [], BY_OPERATOR);

const voidRoot =
  (source: bigint): Call =>
  async (contract, poolId, situation) => {
    const { userId } = situation.other;
    return contract.voidRoot(poolId, LAST, source, userId, ...contradiction(poolId, linesOf(situation), userId));
  };

const settle: Call = async (contract, poolId, { user }) =>
  contract.settle(poolId, user.userId, user.account, ALL_CYCLES);

const settleBatch: Call = async (contract, poolId, { user: { userId, account } }) =>
  contract.settleBatch(poolId, [{ userId, account }], ALL_CYCLES);

const settleWithProof =
  (kind: Kind): Call =>
  async (contract, poolId, situation) => {
    const { userId, account } = situation.user;
    return contract.settleWithProof(poolId, userId, account, LAST, true, proofs(situation, kind).single);
  };

const reportProfit =
  (cycle: number): Call =>
  async (contract, poolId, { world }) =>
    contract.reportProfit(poolId, cycle, world.tokenAddress, PROFIT, id("the accounts"));

/** A rebinding with the user's signature or without, and with the registrar's or without. */
const rebind =
  (byUser: boolean, byRegistrar: boolean): Call =>
  async (_, __, situation, caller) => {
    const { send, userSignature, registrarSignature } = await rebinding(situation);
    return send(senderOf(situation, caller), [byUser ? userSignature : "0x", byRegistrar ? registrarSignature : "0x"]);
  };

export async function rebinding({ world, pools, user }: Situation) {
  return rebindingOf(world, pools.both, user, NEW_ACCOUNT, { deadline: NO_DEADLINE });
}

/** Every way to write, by the function's name and, after a comma, what tells it from others of that name. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  createPool: operation(async (contract, _, { pools: { both } }) =>
    contract.createPool(both.salt, { ...both.config, start: NO_DEADLINE }),
  ),
  topUp: operation(async (contract, poolId) => contract.topUp(poolId, 1n)),
  raiseShare: operation(async (contract, poolId) => contract.raiseShare(poolId, SHARE + 1n)),
  changeVerifier: operation(async (contract, poolId, { world }) => contract.changeVerifier(poolId, world.nextVerifier)),
  announceEnd: operation(async (contract, poolId) => contract.announceEnd(poolId)),
  closePool: operation(async (contract, poolId) => contract.closePool(poolId), { from: actionUntil }),
  bind: operation(async (contract, poolId) => contract.bind(poolId, [NEWCOMER], NO_DEADLINE, "0x")),
  "bind, signed": operation(async (contract, poolId, { world }) => {
    const value = { poolId, users: [NEWCOMER], deadline: NO_DEADLINE };
    return contract.bind(poolId, [NEWCOMER], NO_DEADLINE, await signReward(world, world.registrar, "Bindings", value));
  }),
  rebind: operation(rebind(true, false)),
  "rebind, signed": operation(rebind(true, true)),
  "rebind, without the user": operation(rebind(false, true)),
  "publish, roster": operation(publishRoster(LAST)),
  "publish, verdict": operation(
    async (contract, poolId, situation, caller) => {
      const roster = rosterOf(situation, situation.pools.both, LAST);
      const revision = (await contract.revisionOf(poolId, LAST)) + 1n;
      const verdict =
        caller === "verifier"
          ? verdictOf(situation.world, poolId, LAST, roster, { revision })
          : { epoch: 1n, revision, approval: "0x" };
      return contract.publish(poolId, LAST, roster, [], verdict);
    },
    { source: Source.VERIFIER },
  ),
  "publish, bitmap": operation(
    async (contract, poolId) => {
      const { roster, chunkHashes } = bitmapRoster(CORRECTED);
      return contract.publish(poolId, LAST, roster, chunkHashes, BY_OPERATOR);
    },
    { kind: "bitmap" },
  ),
  "publish, next cycle": operation(publishRoster(LAST + 1), { cycle: LAST + 1 }),
  "publish, where a verdict decides": operation(publishRoster(LAST, "verdict"), { kind: "verdict" }),
  "publish, where usage decides": operation(publishRoster(LAST, "usage"), { kind: "usage" }),
  voidRoot: operation(voidRoot(Source.OPERATOR)),
  "voidRoot, verdict": operation(voidRoot(Source.VERIFIER), { kind: "verdict", source: Source.VERIFIER }),
  "voidRoot, where usage decides": operation(voidRoot(Source.OPERATOR), { kind: "usage" }),
  settle: operation(settle, { kind: "bitmap" }),
  "settle, by usage": operation(settle, { kind: "usage" }),
  settleBatch: operation(settleBatch, { kind: "bitmap" }),
  "settleBatch, by usage": operation(settleBatch, { kind: "usage" }),
  settleWithProof: operation(settleWithProof("root"), { ...proven, kind: "root" }),
  "settleWithProof, verdict": operation(settleWithProof("verdict"), {
    ...{ ...proven, kind: "verdict", source: Source.VERIFIER },
  }),
  "settleWithProof, where usage decides": operation(settleWithProof("usage"), { ...proven, kind: "usage" }),
  settleWithProofs: operation(async (contract, poolId, situation) => {
    const { userId, account } = situation.user;
    const answer = { eligible: true, proof: proofs(situation, "both").single };
    return contract.settleWithProofs(poolId, userId, account, LAST, answer, answer);
  }, proven),
  settleBatchWithProof: operation(
    async (contract, poolId, situation) => {
      const { batch, multi } = proofs(situation, "root");
      return contract.settleBatchWithProof(poolId, LAST, batch, multi.proof, multi.flags);
    },
    { ...proven, kind: "root" },
  ),
  settleBatchWithProofs: operation(async (contract, poolId, situation) => {
    const { batch, multi } = proofs(situation, "both");
    return contract.settleBatchWithProofs(poolId, LAST, batch, multi, multi);
  }, proven),
  reportProfit: operation(reportProfit(LAST)),
  "reportProfit, next cycle": operation(reportProfit(LAST + 1), { cycle: LAST + 1 }),
  claim: operation(async (contract, poolId, { user }) => contract.claim(poolId, user.userId)),
  "claim, nothing owed": operation(async (contract, poolId, { other }) => contract.claim(poolId, other.userId)),
};
