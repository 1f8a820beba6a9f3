import type { ICommitteeRegistry } from "../../../typechain-types/committee/ICommitteeRegistry.js";
import type { ClientContext } from "../core/ClientContext.js";
import { readContract } from "../core/reads/readContract.js";
import { unexpectedAnswer } from "../core/reads/unexpectedAnswer.js";
import { sendAction, type SendOptions } from "../core/transactions/sendAction.js";
import type { Transaction } from "../core/transactions/Transaction.js";
import {
  type CommitteeCreated,
  confirmGroupKey,
  type ConfirmGroupKeyParameters,
  create,
  type CreateCommitteeParameters,
  type EpochEnding,
  type EpochStarted,
  type GroupKeyConfirmed,
  retire,
  type RetireParameters,
  rotate,
  type RotateParameters,
} from "./actions/index.js";
import { ApprovalCollector } from "./approvals/ApprovalCollector.js";
import { type ApprovalVerdict, checkApproval } from "./approvals/checkApproval.js";
import type { CommitteePlace } from "./CommitteePlace.js";
import type { Committee } from "./state/Committee.js";
import type { Epoch } from "./state/Epoch.js";
import { readCommittee } from "./state/readCommittee.js";
import { readEpoch } from "./state/readEpoch.js";
import { bindContract } from "../core/abi/bindContract.js";
import { committeeRegistryAbi } from "../generated/abis.js";

/** Which digest a committee is asked for, in which epoch (the current one unless given). */
export type ApprovalRequest = {
  readonly committeeId: string;
  readonly epoch?: number;
  readonly digest: string;
};

/** An approval to check. */
export type ApprovalClaim = ApprovalRequest & { readonly approval: string };

/**
 * Committees of a deployment: creates and changes them, collects and checks their approvals.
 *
 * @example
 * import { Guildhall, defaultThreshold } from "@guildhall/sdk";
 * const hall = await Guildhall.connect(signer, { directory });
 * const members = Object.values(parties).map(({ address }) => address);
 * const config = { members, threshold: defaultThreshold(members.length) };
 * const { committeeId } = await (await hall.committees.create({ salt: `0x${"06".repeat(32)}`, config })).wait();
 * assert.equal((await hall.committees.read(committeeId)).currentEpoch, 1);
 */
export class CommitteesClient {
  /** The registry's address. */
  readonly address: string;
  /** The TypeChain binding, for what this client does not offer. */
  readonly contract: ICommitteeRegistry;
  /** Chain and registry, for typed data. */
  readonly place: CommitteePlace;
  readonly #context: ClientContext;

  constructor(context: ClientContext) {
    this.address = context.addresses.CommitteeRegistry;
    this.contract = bindContract(committeeRegistryAbi, this.address, context.runner);
    this.place = { chainId: context.chainId, registry: this.address };
    this.#context = context;
  }

  /** Creates a committee. Errors: {@link ContractRevertError}, {@link TransactionError}, {@link RpcError}. */
  create(parameters: CreateCommitteeParameters, options?: SendOptions): Promise<Transaction<CommitteeCreated>> {
    return sendAction(this.#context, create(this.address, parameters), options);
  }

  /** Starts a committee's next epoch. Errors: as {@link create}. */
  rotate(parameters: RotateParameters, options?: SendOptions): Promise<Transaction<EpochStarted>> {
    return sendAction(this.#context, rotate(this.address, parameters), options);
  }

  /** Ends an epoch at once. Errors: as {@link create}. */
  retire(parameters: RetireParameters, options?: SendOptions): Promise<Transaction<EpochEnding>> {
    return sendAction(this.#context, retire(this.address, parameters), options);
  }

  /** Makes a group key count. Errors: as {@link create}. */
  confirmGroupKey(
    parameters: ConfirmGroupKeyParameters,
    options?: SendOptions,
  ): Promise<Transaction<GroupKeyConfirmed>> {
    return sendAction(this.#context, confirmGroupKey(this.address, parameters), options);
  }

  /** Reads a committee. Errors: {@link CommitteeError} COMMITTEE_UNKNOWN, {@link RpcError}. */
  read(committeeId: string): Promise<Committee> {
    return readCommittee(this.#context, committeeId);
  }

  /** Reads an epoch: the current one unless a number is given. Errors: as {@link read}; CommitteeUnknownEpoch. */
  epoch(committeeId: string, number?: number): Promise<Epoch> {
    return readEpoch(this.#context, committeeId, number);
  }

  /** Begins to collect signatures for a digest. Errors: as {@link epoch}. */
  async collect({
    committeeId,
    epoch,
    digest,
    membersOnly = false,
  }: ApprovalRequest & { readonly membersOnly?: boolean }): Promise<ApprovalCollector> {
    const { provider } = this.#context;
    const state = await this.epoch(committeeId, epoch);
    return new ApprovalCollector({ ...this.place, epoch: state, digest, provider, membersOnly });
  }

  /** Checks an approval off chain, at the context's time, with the reason where it does not count. Errors: as {@link epoch}. */
  async check({ committeeId, epoch, digest, approval }: ApprovalClaim): Promise<ApprovalVerdict> {
    const { provider, clock } = this.#context;
    const [state, now] = await Promise.all([this.epoch(committeeId, epoch), clock()]);
    return checkApproval({ ...this.place, epoch: state, digest, approval, now: Number(now), provider });
  }

  /** Asks the contract whether an approval counts. Errors: {@link RpcError}; {@link ConnectionError} WRONG_CHAIN. */
  async isApproved({ digest, approval, ...claim }: ApprovalClaim): Promise<boolean> {
    const epoch = await this.#epochOf(claim);
    const view = this.contract.isApproved;
    return readContract(this.#context, this.address, view, claim.committeeId, epoch, digest, approval);
  }

  /** Asks the contract why an approval does not count. Errors: {@link ContractRevertError} with the reason. */
  async requireApproval(claim: ApprovalClaim): Promise<void> {
    const epoch = await this.#epochOf(claim);
    const { committeeId, digest, approval } = claim;
    const view = this.contract.requireApproval;
    await readContract(this.#context, this.address, view, committeeId, epoch, digest, approval);
    // It answers nothing where the approval counts, and so does an address without code.
    if (await this.isApproved({ ...claim, epoch })) return;
    throw unexpectedAnswer("The node answered that the approval counts, and that it does not.", { committeeId, epoch });
  }

  /** Asks the contract who approved. Errors: {@link ContractRevertError}, also for a FROST approval. */
  async requireAttributableApproval({ digest, approval, ...claim }: ApprovalClaim): Promise<readonly string[]> {
    const epoch = await this.#epochOf(claim);
    const view = this.contract.requireAttributableApproval;
    return [...(await readContract(this.#context, this.address, view, claim.committeeId, epoch, digest, approval))];
  }

  async #epochOf({ committeeId, epoch }: Pick<ApprovalRequest, "committeeId" | "epoch">): Promise<number> {
    return epoch ?? (await this.read(committeeId)).currentEpoch;
  }
}
