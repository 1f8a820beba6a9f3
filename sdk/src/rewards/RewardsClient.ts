import { ZeroHash } from "ethers";

import type { RewardPool } from "../../../typechain-types/rewards/RewardPool.js";
import { bindContract } from "../core/abi/bindContract.js";
import { interfaceOf } from "../core/abi/interfaceOf.js";
import { memberOf } from "../core/abi/memberOf.js";
import type { ClientContext } from "../core/ClientContext.js";
import { type ContractView, readContract } from "../core/reads/readContract.js";
import { unexpectedAnswer } from "../core/reads/unexpectedAnswer.js";
import { hashTyped } from "../core/signatures/hashTyped.js";
import type { ContractAction } from "../core/transactions/ContractAction.js";
import { sendAction, type SendOptions } from "../core/transactions/sendAction.js";
import type { Transaction } from "../core/transactions/Transaction.js";
import { rewardPoolAbi } from "../generated/abis.js";
import * as actions from "./actions/index.js";
import { sourceToAbi } from "./actions/toAbi.js";
import type { RewardsPlace } from "./documents/rewardsDomain.js";
import type { Verdict } from "./documents/Verdict.js";
import { verdictTypedData } from "./documents/verdictTypedData.js";
import { readRewardLogs } from "./logs/readRewardLogs.js";
import type { RewardEvent, RewardEventArgs, RewardEventName } from "./logs/rewardEvents.js";
import { RewardError } from "./RewardError.js";
import { cycleAt } from "./state/cycleAt.js";
import type { Member } from "./state/Member.js";
import { missingForPool, type MissingForPool } from "./state/missingForPool.js";
import { type EvidenceAnswer, evidenceAnswers, type EvidenceSource } from "./state/names.js";
import type { Pool } from "./state/Pool.js";
import { type ProfitDeposit, profitDeposit } from "./state/profitDeposit.js";
import { readFunds } from "./state/readFunds.js";
import { readMember } from "./state/readMember.js";
import { readPool } from "./state/readPool.js";
import { bindUsers, type BindUsersParameters, type BindUsersStep } from "./work/bindUsers.js";
import { claimAll, type ClaimAllParameters, type ClaimOutcome } from "./work/claimAll.js";
import { publishBitmap, type PublishBitmapParameters, type PublishedBitmap } from "./work/publishBitmap.js";
import type { RewardsAccess } from "./work/RewardsAccess.js";
import { settleUsers, type SettleUsersParameters } from "./work/settleUsers.js";
import type { SettleStep } from "./work/SettleStep.js";

/** Which events of the past to read. */
export type RewardHistoryOptions = {
  /** All by default. */
  readonly names?: readonly Exclude<RewardEventName, "TransferSingle" | "URI">[];
  /** Only those of this pool. */
  readonly poolId?: string;
  /** The deployment's first block by default. */
  readonly fromBlock?: number;
  /** The latest by default. */
  readonly toBlock?: number;
};

/** A cycle's profit to report. */
export type ReportParameters = Omit<actions.ReportProfitParameters, "token">;

/** What a user will hold. */
export type Holding = {
  readonly units: bigint;
  /** The first cycle that is not counted. */
  readonly nextCycle: number;
};

type Sent<Name extends RewardEventName> = Promise<Transaction<RewardEventArgs<Name>>>;

/**
 * Reward pools of a deployment: units that follow from evidence, and the profit they bring. Every call resolves to the typed
 * result of its events.
 *
 * Every call's errors: {@link ContractRevertError} with the contract's reason, {@link TransactionError}, {@link RpcError}.
 *
 * @example
 * import { Guildhall, type PoolConfig } from "@guildhall/sdk";
 * const { context, rewards } = await Guildhall.connect(signer, { directory });
 * const config: PoolConfig = {
 *   mode: "ROSTER",
 *   form: "BITMAP",
 *   totalUnits: 1_000n,
 *   grant: 10n,
 *   start: Number(await context.clock()) + 60,
 *   cycleLength: 86_400,
 *   publishWindow: 3_600,
 *   disputeWindow: 3_600,
 *   actionWindow: 86_400,
 *   registrar: signer.address,
 *   profitToken: token,
 *   share: 10n ** 14n, // a unit brings a ten-thousandth of the profit
 *   conditionHash: `0x${"11".repeat(32)}`,
 *   metadataUri: "https://example.org/condition",
 * };
 * const { poolId } = await (await rewards.createPool({ salt: `0x${"22".repeat(32)}`, config })).wait();
 * assert.equal((await rewards.pool(poolId)).availableUnits, 1_000n);
 */
export class RewardsClient {
  /** The address of RewardPool. */
  readonly address: string;
  /** The address of ChunkStore, where bitmaps are. */
  readonly chunkStore: string;
  /** The TypeChain binding, for what this client does not offer. */
  readonly contract: RewardPool;
  /** Chain and contract, for typed data. */
  readonly place: RewardsPlace;
  readonly #context: ClientContext;
  readonly #access: RewardsAccess;

  constructor(context: ClientContext) {
    this.#context = context;
    this.address = context.addresses.RewardPool;
    this.chunkStore = context.addresses.ChunkStore;
    this.contract = bindContract(rewardPoolAbi, this.address, context.runner);
    this.place = { chainId: context.chainId, contract: this.address };
    const { address, chunkStore } = this;
    const reader = bindContract(rewardPoolAbi, address, context.provider);
    this.#access = { context, address, chunkStore, reader };
  }

  // Pools

  /** Creates a pool, whose operator is the sender. */
  createPool(parameters: actions.CreatePoolParameters, options?: SendOptions): Sent<"PoolCreated"> {
    return this.#send(actions.createPool(this.address, parameters), options);
  }

  /** Adds units to a pool: the operator. */
  topUp(parameters: actions.TopUpParameters, options?: SendOptions): Sent<"ToppedUp"> {
    return this.#send(actions.topUp(this.address, parameters), options);
  }

  /** Raises the share of each unit, for all reports to come: the operator. */
  raiseShare(parameters: actions.RaiseShareParameters, options?: SendOptions): Sent<"ShareRaised"> {
    return this.#send(actions.raiseShare(this.address, parameters), options);
  }

  /** Announces another verifier: the operator. */
  changeVerifier(parameters: actions.ChangeVerifierParameters, options?: SendOptions): Sent<"VerifierAnnounced"> {
    return this.#send(actions.changeVerifier(this.address, parameters), options);
  }

  /** Announces that the present cycle is the last one: the operator. */
  announceEnd(parameters: actions.AnnounceEndParameters, options?: SendOptions): Sent<"EndAnnounced"> {
    return this.#send(actions.announceEnd(this.address, parameters), options);
  }

  /** Closes a pool for good: the operator. */
  closePool(parameters: actions.ClosePoolParameters, options?: SendOptions): Sent<"PoolClosed"> {
    return this.#send(actions.closePool(this.address, parameters), options);
  }

  // Users

  /** Binds user ids to accounts: the registrar, or anyone with its signature. */
  bind(parameters: actions.BindParameters, options?: SendOptions): Promise<Transaction<actions.BindResult>> {
    return this.#send(actions.bind(this.address, parameters), options);
  }

  /** Binds a user id to another account: anyone with the signatures of user and registrar. */
  rebind(parameters: actions.RebindParameters, options?: SendOptions): Sent<"Rebound"> {
    return this.#send(actions.rebind(this.address, parameters), options);
  }

  // Evidence

  /** Stores a chunk of a bitmap: anyone. */
  storeChunk(
    parameters: actions.StoreChunkParameters,
    options?: SendOptions,
  ): Promise<Transaction<actions.StoredChunk>> {
    return this.#send(actions.storeChunk(this.chunkStore, parameters), options);
  }

  /** Publishes or corrects what one source says of a cycle: the operator, or anyone with the verifier's approval. */
  publish(parameters: actions.PublishParameters, options?: SendOptions): Sent<"RosterPublished"> {
    return this.#send(actions.publish(this.address, parameters), options);
  }

  /** Throws out a root that says both yes and no of one user: anyone. */
  voidRoot(parameters: actions.VoidRootParameters, options?: SendOptions): Sent<"RosterVoided"> {
    return this.#send(actions.voidRoot(this.address, parameters), options);
  }

  // Settling

  /** Settles a user's open cycles from evidence on chain: anyone. */
  settle(parameters: actions.SettleParameters, options?: SendOptions): Promise<Transaction<actions.SettledUser>> {
    return this.#send(actions.settle(this.address, parameters), options);
  }

  /** As {@link settle} for many users. For more than a few see {@link settleUsers}. */
  settleBatch(
    parameters: actions.SettleBatchParameters,
    options?: SendOptions,
  ): Promise<Transaction<readonly actions.SettleOutcome[]>> {
    return this.#send(actions.settleBatch(this.address, parameters), options);
  }

  /** Settles one cycle of a user by a proof: anyone. */
  settleWithProof(
    parameters: actions.SettleWithProofParameters,
    options?: SendOptions,
  ): Promise<Transaction<actions.SettledUser>> {
    return this.#send(actions.settleWithProof(this.address, parameters), options);
  }

  /** Settles one cycle of a user by a proof for each list (mode BOTH): anyone. */
  settleWithProofs(
    parameters: actions.SettleWithProofsParameters,
    options?: SendOptions,
  ): Promise<Transaction<actions.SettledUser>> {
    return this.#send(actions.settleWithProofs(this.address, parameters), options);
  }

  /** Settles one cycle of many users under one multiproof: anyone. */
  settleBatchWithProof(
    parameters: actions.SettleBatchWithProofParameters,
    options?: SendOptions,
  ): Promise<Transaction<readonly actions.SettleOutcome[]>> {
    return this.#send(actions.settleBatchWithProof(this.address, parameters), options);
  }

  /** Settles one cycle of many users of whom both lists say the same, under a multiproof for each (mode BOTH): anyone. */
  settleBatchWithProofs(
    parameters: actions.SettleBatchWithProofsParameters,
    options?: SendOptions,
  ): Promise<Transaction<readonly actions.SettleOutcome[]>> {
    return this.#send(actions.settleBatchWithProofs(this.address, parameters), options);
  }

  // Profit

  /**
   * Reports a cycle's profit and deposits the units' part out of the sender's allowance: the operator.
   *
   * Errors: {@link RewardError} REWARD_BALANCE_SHORT, REWARD_ALLOWANCE_SHORT with what is missing, before anything is sent.
   */
  async reportProfit(parameters: ReportParameters, options?: SendOptions): Sent<"ProfitReported"> {
    const { poolId, profit } = parameters;
    const pool = await this.pool(poolId);
    const { deposit } = profitDeposit(pool, profit);
    const funds = await readFunds(this.#context, pool.profitToken, pool.operator, this.address);
    if (funds.balance < deposit) throw short("REWARD_BALANCE_SHORT", "holds", pool, deposit, funds.balance);
    if (funds.allowance < deposit) throw short("REWARD_ALLOWANCE_SHORT", "allows", pool, deposit, funds.allowance);
    const action = actions.reportProfit(this.address, { ...parameters, token: pool.profitToken });
    return this.#send(action, options);
  }

  /** Pays what a user is owed to the bound account: anyone. */
  claim(parameters: actions.ClaimParameters, options?: SendOptions): Sent<"Claimed"> {
    return this.#send(actions.claim(this.address, parameters), options);
  }

  // Work for many users: each can be stopped at any moment and begun again, and repeats nothing

  /**
   * Stores the chunks of a bitmap that are missing, then publishes it as a whole. What stands already is left as it is: the
   * chain is asked, no journal.
   *
   * Errors: {@link RewardError} REWARD_CHUNK_DIFFERS where the node contradicts a chunk's address.
   */
  publishBitmap(parameters: PublishBitmapParameters): Promise<PublishedBitmap> {
    return publishBitmap(this.#access, parameters);
  }

  /**
   * Binds users in batches: the registrar. Those that are bound already are told and not sent.
   *
   * @example
   * import { Guildhall, type PoolConfig } from "@guildhall/sdk";
   * const { context, rewards } = await Guildhall.connect(signer, { directory });
   * const start = Number(await context.clock()) + 10;
   * const config: PoolConfig = {
   *   ...{ mode: "ROSTER", form: "BITMAP", totalUnits: 100n, grant: 7n, start, cycleLength: 60 },
   *   ...{ publishWindow: 30, disputeWindow: 0, actionWindow: 60, registrar: signer.address },
   *   ...{ profitToken: token, share: 10n ** 15n, conditionHash: `0x${"11".repeat(32)}`, metadataUri: "" },
   * };
   * const { poolId } = await (await rewards.createPool({ salt: `0x${"22".repeat(32)}`, config })).wait();
   * const users = [{ userId: `0x${"33".repeat(32)}`, account: parties.customer.address }];
   * for await (const { bound } of rewards.bindUsers({ poolId, users })) assert.equal(bound[0]?.index, 0);
   * for await (const { already } of rewards.bindUsers({ poolId, users })) assert.deepEqual(already, users);
   */
  bindUsers(parameters: BindUsersParameters): AsyncGenerator<BindUsersStep, void, void> {
    return bindUsers(this.#access, parameters);
  }

  /**
   * Settles users in batches as large as a transaction's gas allows: from evidence on chain up to a cycle, or one cycle by
   * proofs. Every user is reported once: settled, already settled, refused with the reason, or not in the list. In mode BOTH
   * with proofs a user of whom roster and verdict do not say the same takes a transaction of his own.
   *
   * Errors: {@link RewardError} REWARD_NOT_FINAL, REWARD_WINDOW_OVER, REWARD_WRONG_FORM, REWARD_PROOFS_MISSING,
   * REWARD_PROOF_STRANGER, REWARD_PROOFS_DIFFER, REWARD_BATCH_TOO_LARGE.
   *
   * @example
   * import { bitmapOf, cycleTimes, Guildhall, type PoolConfig } from "@guildhall/sdk";
   * const { context, rewards } = await Guildhall.connect(signer, { directory });
   * const start = Number(await context.clock()) + 10;
   * const config: PoolConfig = {
   *   ...{ mode: "ROSTER", form: "BITMAP", totalUnits: 100n, grant: 7n, start, cycleLength: 60 },
   *   ...{ publishWindow: 30, disputeWindow: 0, actionWindow: 60, registrar: signer.address },
   *   ...{ profitToken: token, share: 10n ** 15n, conditionHash: `0x${"11".repeat(32)}`, metadataUri: "" },
   * };
   * const { poolId } = await (await rewards.createPool({ salt: `0x${"22".repeat(32)}`, config })).wait();
   * const users = [parties.customer, parties.buyer].map(({ address }) => {
   *   return { userId: `0x${address.slice(2).toLowerCase().padStart(64, "0")}`, account: address };
   * });
   * await (await rewards.bind({ poolId, users })).wait();
   *
   * const { end, finalFrom } = cycleTimes(await rewards.pool(poolId), 0);
   * await provider.send("evm_setNextBlockTimestamp", [end]);
   * const bitmap = bitmapOf({ count: 2, bits: Uint8Array.of(0b01) });
   * await rewards.publishBitmap({ poolId, cycle: 0, bitmap, evidenceUri: "https://example.org/0" });
   *
   * await provider.send("evm_setNextBlockTimestamp", [finalFrom]);
   * await provider.send("evm_mine", []);
   * for await (const { reports } of rewards.settleUsers({ poolId, users })) {
   *   assert.deepEqual(reports.map((report) => report.status === "settled" && report.units), [7n, 0n]);
   * }
   */
  settleUsers(parameters: SettleUsersParameters): AsyncGenerator<SettleStep, void, void> {
    return settleUsers(this.#access, parameters);
  }

  /** Pays what users are owed, one transaction each. One that the contract or the token refuses hurts only itself. */
  claimAll(parameters: ClaimAllParameters): AsyncGenerator<ClaimOutcome, void, void> {
    return claimAll(this.#access, parameters);
  }

  // Reads

  /** A pool. Errors: {@link ContractRevertError} RewardPoolUnknown, {@link RpcError}. */
  pool(poolId: string): Promise<Pool> {
    return readPool(this.#access, poolId);
  }

  /** A bound user as settled so far; undefined for one that is not bound. */
  member(poolId: string, userId: string): Promise<Member | undefined> {
    return readMember(this.#access, poolId, userId);
  }

  /** The user id that an account is bound to; undefined for none. */
  async userIdOf(poolId: string, account: string): Promise<string | undefined> {
    const userId = await this.#read(this.#access.reader.userIdOf, poolId, account);
    if (userId === ZeroHash) return undefined;
    const bound = (await this.member(poolId, userId))?.account;
    if (bound?.toLowerCase() === account.toLowerCase()) return userId;
    throw unexpectedAnswer(`The node tells ${userId} of ${account}, and another account of it.`, { userId, bound });
  }

  /**
   * What a user will hold once his cycles before `untilCycle` that have evidence on chain are settled; what he holds now,
   * where settling needs proofs.
   */
  async holdingOf(poolId: string, userId: string, untilCycle: number): Promise<Holding> {
    const [units, nextCycle] = await this.#read(this.#access.reader.holdingOf, poolId, userId, untilCycle);
    return { units, nextCycle: Number(nextCycle) };
  }

  /** What evidence on chain says of a user and cycle, final or not (BITMAP, INDICATOR); NONE with ROOT. */
  async answerOf(
    poolId: string,
    userId: string,
    cycle: number,
    source: EvidenceSource = "OPERATOR",
  ): Promise<EvidenceAnswer> {
    const answer = await this.#read(this.#access.reader.answerOf, poolId, userId, cycle, sourceToAbi(source));
    return memberOf(evidenceAnswers, answer);
  }

  /** Whether something stands for a cycle and source. A root that was thrown out does not. */
  async isPublished(poolId: string, cycle: number, source: EvidenceSource = "OPERATOR"): Promise<boolean> {
    return BigInt(await this.#evidenceOf(poolId, cycle, source)) > 1n;
  }

  /** The revision that the next verdict of a cycle must have. */
  async nextRevision(poolId: string, cycle: number): Promise<number> {
    return Number(await this.#read(this.#access.reader.revisionOf, poolId, cycle)) + 1;
  }

  /** The cycle that runs now; undefined before the first. */
  async presentCycle(poolId: string): Promise<number | undefined> {
    const [pool, now] = await Promise.all([this.pool(poolId), this.#context.clock()]);
    return cycleAt(pool, Number(now));
  }

  /** What a report of `profit` would deposit, by the pool as it stands. */
  async depositFor(poolId: string, profit: bigint): Promise<ProfitDeposit> {
    return profitDeposit(await this.pool(poolId), profit);
  }

  /** What is missing before the profit of a cycle can be reported; nothing where nothing is. */
  async missingForReport(poolId: string, cycle: number, profit: bigint): Promise<readonly MissingForPool[]> {
    const [pool, now] = await Promise.all([this.pool(poolId), this.#context.clock()]);
    const funds = await readFunds(this.#context, pool.profitToken, pool.operator, this.address);
    return missingForPool(pool, { call: "reportProfit", cycle, profit, funds }, Number(now));
  }

  /** What is missing before a source can publish for a cycle; nothing where nothing is. */
  async missingForPublish(
    poolId: string,
    cycle: number,
    source: EvidenceSource = "OPERATOR",
  ): Promise<readonly MissingForPool[]> {
    const [pool, now, evidence] = await Promise.all([
      this.pool(poolId),
      this.#context.clock(),
      this.#evidenceOf(poolId, cycle, source),
    ]);
    // What was thrown out can be corrected too.
    const published = evidence !== ZeroHash;
    return missingForPool(pool, { call: "publish", cycle, source, published }, Number(now));
  }

  /** The digest of a verdict, which the verifier's committee approves. */
  verdictDigest(verdict: Verdict): string {
    return hashTyped(verdictTypedData(this.place, verdict));
  }

  /**
   * Events of the past, in the order of the chain.
   *
   * @example
   * import { Guildhall } from "@guildhall/sdk";
   * const { rewards } = await Guildhall.connect(signer, { directory });
   * assert.deepEqual(await rewards.history({ names: ["Claimed"] }), []);
   */
  history({ names, poolId, fromBlock, toBlock }: RewardHistoryOptions = {}): Promise<readonly RewardEvent[]> {
    const face = interfaceOf(rewardPoolAbi);
    const events = names?.map((name) => face.getEvent(name)?.topicHash ?? ZeroHash) ?? null;
    const topics = poolId === undefined ? (events === null ? [] : [events]) : [events, poolId];
    return readRewardLogs({
      provider: this.#context.provider,
      address: this.address,
      fromBlock: fromBlock ?? this.#context.fromBlock,
      toBlock,
      topics,
    });
  }

  #evidenceOf(poolId: string, cycle: number, source: EvidenceSource): Promise<string> {
    return this.#read(this.#access.reader.evidenceOf, poolId, cycle, sourceToAbi(source), 0);
  }

  #read<Args extends readonly unknown[], T>(view: ContractView<Args, T>, ...args: Args): Promise<T> {
    return readContract(this.#context, this.address, view, ...args);
  }

  #send<T>(action: ContractAction<T>, options: SendOptions | undefined): Promise<Transaction<T>> {
    return sendAction(this.#context, action, options);
  }
}

function short(
  code: "REWARD_BALANCE_SHORT" | "REWARD_ALLOWANCE_SHORT",
  verb: "holds" | "allows",
  { operator, profitToken }: Pool,
  required: bigint,
  actual: bigint,
): RewardError {
  return new RewardError({
    code,
    args: { account: operator, token: profitToken, required, actual },
    what: `The report deposits ${required} of ${profitToken}, and the operator ${operator} ${verb} ${actual}.`,
    advice:
      verb === "holds"
        ? "Fund the operator with the difference first."
        : "Approve the pool's contract for what the report deposits.",
  });
}
