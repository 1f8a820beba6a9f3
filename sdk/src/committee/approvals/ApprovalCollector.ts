import { dataLength, getAddress, getBytes, isHexString, type Provider, Signature } from "ethers";

import { askNode } from "../../core/errors/askNode.js";
import { unwrapErc6492 } from "../../core/signatures/Erc6492.js";
import { hashTyped } from "../../core/signatures/hashTyped.js";
import { recoverAccount } from "../../core/signatures/recoverAccount.js";
import { HALF_ORDER, ORDER } from "../../core/signatures/secp256k1Order.js";
import type { TypedData } from "../../core/signatures/TypedData.js";
import { fromGroupKeyPoint } from "../../frost/fromGroupKeyPoint.js";
import { toFrostApproval } from "../../frost/toFrostApproval.js";
import { verifyFrostSignature } from "../../frost/verifyFrostSignature.js";
import { CommitteeError } from "../CommitteeError.js";
import type { CommitteePlace } from "../CommitteePlace.js";
import { memberApprovalTypedData } from "../documents/memberApprovalTypedData.js";
import type { Epoch } from "../state/Epoch.js";
import type { ApprovalEntry } from "./Approval.js";
import { encodeApproval } from "./encodeApproval.js";
import { walletAccepts } from "./walletAccepts.js";

/** What is to be approved, and by whom. */
export type ApprovalCollectorParameters = CommitteePlace & {
  readonly epoch: Epoch;
  /** What the members approve: the digest of the module's typed data. */
  readonly digest: string;
  /** Asks members that are wallets. */
  readonly provider?: Provider | undefined;
  /** Whether only the members scheme counts, as for a group key's confirmation. */
  readonly membersOnly?: boolean;
};

/** One member's signature. */
export type MemberSignature = {
  /** Key signatures of 64 bytes (ERC-2098) or 65; wallet signatures of any length up to 65,535 bytes. */
  readonly signature: string;
  /** Whose it is. Where it is left out it must be a key's, and says so itself. */
  readonly member?: string;
};

/** What an approval still lacks. */
export type MissingSignatures = {
  /** How many more signatures are needed. */
  readonly count: number;
  /** Which members have not signed yet. */
  readonly members: readonly string[];
};

/** Of an entry: gas of its calldata, and about what verifying it costs. */
const KEY_GAS = 3_300;
const WALLET_GAS = 9_000;

/**
 * Collects the signatures of a committee's members in any order, verifies each as it arrives, and builds the approval that
 * costs the least gas.
 *
 * Members that are keys sign the module's typed data; members that are wallets are asked for {@link approvalOf}.
 *
 * @example
 * import { ApprovalCollector } from "@guildhall/sdk";
 * const epoch = {
 *   committeeId: `0x${"11".repeat(32)}`,
 *   number: 1,
 *   members: [wallet.address],
 *   threshold: 1,
 *   attributable: false,
 *   validFrom: 0,
 *   validUntil: undefined,
 *   groupKey: undefined,
 *   groupKeyConfirmed: false,
 * };
 * const digest = `0x${"22".repeat(32)}`;
 * const collector = new ApprovalCollector({ chainId: 1n, registry: contract, epoch, digest });
 * await collector.add({ signature: wallet.signingKey.sign(digest).serialized });
 * assert.equal(collector.missing.count, 0);
 * assert.ok(collector.build().startsWith("0x01"));
 */
export class ApprovalCollector {
  readonly epoch: Epoch;
  readonly digest: string;
  readonly #parameters: ApprovalCollectorParameters;
  readonly #members: readonly string[];
  readonly #entries = new Map<number, ApprovalEntry>();
  #frost: string | undefined;

  constructor(parameters: ApprovalCollectorParameters) {
    this.epoch = parameters.epoch;
    this.digest = parameters.digest;
    this.#parameters = parameters;
    this.#members = parameters.epoch.members.map((member) => getAddress(member));
  }

  /** What the owners of a member that is a wallet are asked to sign. */
  approvalOf(member: string): TypedData {
    this.#indexOf(getAddress(member));
    return memberApprovalTypedData(this.#parameters, { member: getAddress(member), digest: this.digest });
  }

  /**
   * Takes one member's signature, if it verifies.
   *
   * @throws {@link CommitteeError} COMMITTEE_NOT_A_MEMBER, COMMITTEE_SIGNED_TWICE, COMMITTEE_HIGH_S,
   * COMMITTEE_WRONG_SIGNATURE, COMMITTEE_SIGNATURE_TOO_LONG, COMMITTEE_WALLET_NEEDS_PROVIDER,
   * COMMITTEE_WALLET_NOT_DEPLOYED; {@link RpcError}
   */
  async add({ signature, member }: MemberSignature): Promise<void> {
    if (!isHexString(signature, true)) throw this.#wrong(member);
    const signer = recoverAccount(this.digest, signature);
    const account = member === undefined ? signer : getAddress(member);
    if (account === undefined) throw isHighS(signature) ? highS(undefined) : this.#wrong(undefined);
    const index = this.#indexOf(account);
    if (this.#entries.has(index)) throw this.#twice(account);
    if (signer === account) {
      const { compactSerialized } = Signature.from(signature);
      this.#entries.set(index, { index, kind: "key", signature: compactSerialized });
      return;
    }
    if (isHighS(signature) && recoverAccount(this.digest, withLowS(signature)) === account) throw highS(account);
    const wrapped = unwrapErc6492(signature);
    const bare = wrapped?.signature ?? signature;
    await this.#requireWalletAccepts(account, bare, wrapped !== undefined || !isKeySized(bare));
    const entry: ApprovalEntry = { index, kind: "wallet", signature: bare };
    // Refuses what no approval can hold while it can still be told of whom.
    encodeApproval({ scheme: "members", entries: [entry] });
    // The wallet was asked in the meantime: another call may have brought the same member's signature.
    if (this.#entries.has(index)) throw this.#twice(account);
    this.#entries.set(index, entry);
  }

  /**
   * Takes the group's FROST signature, if it verifies.
   *
   * @param signature - 65 bytes: R compressed, then z.
   * @throws {@link CommitteeError} COMMITTEE_ATTRIBUTABLE, COMMITTEE_GROUP_KEY_UNCONFIRMED,
   * COMMITTEE_WRONG_GROUP_SIGNATURE
   */
  addFrost(signature: string): void {
    const { committeeId, number, attributable, groupKey, groupKeyConfirmed } = this.epoch;
    const args = { committeeId, epoch: number };
    if (attributable || this.#parameters.membersOnly === true) {
      throw new CommitteeError({
        code: "COMMITTEE_ATTRIBUTABLE",
        args,
        what: `Committee ${committeeId} must show here who signed, and a FROST signature hides it.`,
        advice: "Collect the members' own signatures.",
      });
    }
    if (groupKey === undefined || !groupKeyConfirmed) {
      throw new CommitteeError({
        code: "COMMITTEE_GROUP_KEY_UNCONFIRMED",
        args,
        what: `The members of epoch ${number} have not confirmed a group key.`,
        advice: "Collect the members' own signatures, or have them confirm the key first.",
      });
    }
    if (!verifyFrostSignature({ groupKey: fromGroupKeyPoint(groupKey), digest: this.digest, signature })) {
      throw new CommitteeError({
        code: "COMMITTEE_WRONG_GROUP_SIGNATURE",
        args,
        what: `The FROST signature does not verify for ${this.digest} under the group key of epoch ${number}.`,
        advice: "Check that the signers signed this digest with their shares of this epoch.",
      });
    }
    this.#frost = toFrostApproval(signature);
  }

  /** The members whose signatures are there. */
  get signers(): readonly string[] {
    return this.#members.filter((_, index) => this.#entries.has(index));
  }

  /** What is still missing; nothing where a FROST signature is there. */
  get missing(): MissingSignatures {
    const count = this.#frost === undefined ? Math.max(0, this.epoch.threshold - this.#entries.size) : 0;
    return { count, members: count === 0 ? [] : this.#members.filter((_, index) => !this.#entries.has(index)) };
  }

  /**
   * Builds the approval: by FROST where there is such a signature, else of exactly as many members as the threshold asks,
   * those that cost the least gas.
   *
   * @throws {@link CommitteeError} COMMITTEE_APPROVAL_INCOMPLETE
   */
  build(): string {
    if (this.#frost !== undefined) return this.#frost;
    const { count, members } = this.missing;
    const { threshold } = this.epoch;
    if (count > 0) {
      throw new CommitteeError({
        code: "COMMITTEE_APPROVAL_INCOMPLETE",
        args: { threshold, approvals: this.#entries.size, missing: members },
        what: `${this.#entries.size} of the ${threshold} signatures needed are there.`,
        advice: `Ask ${count} more of ${members.join(", ")}.`,
      });
    }
    const cheapest = [...this.#entries.values()].sort((a, b) => gasOf(a) - gasOf(b)).slice(0, threshold);
    return encodeApproval({ scheme: "members", entries: cheapest });
  }

  /** `isWallets`: what was given can only be a wallet's signature. */
  async #requireWalletAccepts(wallet: string, signature: string, isWallets: boolean): Promise<void> {
    const { provider } = this.#parameters;
    if (provider === undefined) {
      throw new CommitteeError({
        code: "COMMITTEE_WALLET_NEEDS_PROVIDER",
        args: { member: wallet },
        what: `The signature is not of the key of ${wallet}; whether it is a wallet that accepts it cannot be asked.`,
        advice: "Give the collector a provider, or ask the member for the signature of its key.",
      });
    }
    const digest = hashTyped(this.approvalOf(wallet));
    if (await walletAccepts(provider, wallet, digest, signature)) return;
    const code = await askNode(async () => provider.getCode(wallet));
    if (dataLength(code) > 0 || !isWallets) throw this.#wrong(wallet);
    throw new CommitteeError({
      code: "COMMITTEE_WALLET_NOT_DEPLOYED",
      args: { member: wallet },
      what: `The signature is not of a key, and ${wallet} has no code that could accept it.`,
      advice: "Deploy the wallet first; the registry asks deployed wallets only.",
    });
  }

  #indexOf(account: string): number {
    const index = this.#members.indexOf(account);
    if (index >= 0) return index;
    const { committeeId, number } = this.epoch;
    throw new CommitteeError({
      code: "COMMITTEE_NOT_A_MEMBER",
      args: { committeeId, epoch: number, account },
      what: `${account} is no member of epoch ${number} of committee ${committeeId}.`,
      advice: "Check that it signed this digest, and that the epoch is the one meant.",
    });
  }

  #twice(member: string): CommitteeError {
    return new CommitteeError({
      code: "COMMITTEE_SIGNED_TWICE",
      args: { member },
      what: `A signature of ${member} is there already.`,
      advice: "Ask another member; each counts once.",
    });
  }

  #wrong(member: string | undefined): CommitteeError {
    return new CommitteeError({
      code: "COMMITTEE_WRONG_SIGNATURE",
      args: { member, digest: this.digest },
      what: `The signature given${member === undefined ? "" : ` for ${member}`} does not verify for ${this.digest}.`,
      advice: "A key signs the module's typed data; a wallet signs its MemberApproval. Ask for it again.",
    });
  }
}

function gasOf({ kind, signature }: ApprovalEntry): number {
  const calldata = getBytes(signature).reduce((sum, byte) => sum + (byte === 0 ? 4 : 16), 0);
  return calldata + (kind === "key" ? KEY_GAS : WALLET_GAS);
}

function isKeySized(signature: string): boolean {
  const length = dataLength(signature);
  return length === 64 || length === 65;
}

/** Whether 65 bytes hold an s above half the order: a second form of somebody's signature that contracts refuse. */
function isHighS(signature: string): boolean {
  if (dataLength(signature) !== 65) return false;
  const s = BigInt(`0x${signature.slice(66, 130)}`);
  return s > HALF_ORDER && s < ORDER;
}

function withLowS(signature: string): string {
  const s = ORDER - BigInt(`0x${signature.slice(66, 130)}`);
  const v = signature.slice(130) === "1b" ? "1c" : "1b";
  return `${signature.slice(0, 66)}${s.toString(16).padStart(64, "0")}${v}`;
}

function highS(member: string | undefined): CommitteeError {
  return new CommitteeError({
    code: "COMMITTEE_HIGH_S",
    args: { member },
    what: `The signature${member === undefined ? "" : ` of ${member}`} has a high s, which no contract takes.`,
    advice: "Replace s by the group order minus s and flip v, or have it signed again by a wallet that does.",
  });
}
