import { ZeroAddress } from "ethers";

import type { Clock } from "../../core/Clock.js";
import { accountOf, type DocumentSigner, signTyped } from "../../core/signatures/signTyped.js";
import { DealError } from "../DealError.js";
import type { EndorsementType } from "../documents/dealTypes.js";
import { endorsementTypedData } from "../documents/endorsementTypedData.js";
import { endorserOf } from "../documents/endorserOf.js";
import type { Address, Hex } from "../../core/documents/Hex.js";
import type { Offer } from "../documents/Offer.js";
import { offerIdOf } from "../documents/offerIdOf.js";
import { referralIdOf } from "../documents/referralIdOf.js";
import type { Role } from "../documents/Role.js";
import { saleIdOf } from "../documents/saleIdOf.js";
import { createDealFile } from "../file/createDealFile.js";
import type { DealFile, DealFileBody } from "../file/DealFile.js";
import { decodeDealFile } from "../file/decodeDealFile.js";
import { encodeDealFile } from "../file/encodeDealFile.js";
import { endorsementIn, requirePart } from "../file/endorsementIn.js";
import { mergeDealFiles } from "../file/mergeDealFiles.js";
import { requireAgreement } from "../file/requireAgreement.js";
import { requireOrder } from "../file/requireOrder.js";
import { requirePlace } from "../file/requirePlace.js";
import { signatureIn } from "../file/signatureIn.js";
import { verifyDealFile } from "../file/verifyDealFile.js";
import { withSignature } from "../file/withSignature.js";
import { byAllowance, type Payment } from "../payments/Payment.js";
import { type PaymentDue, type PaymentTerms, paymentTypedData } from "../payments/paymentTypedData.js";
import type { DealsReader } from "../reader/DealsReader.js";
import type { ReferralStatus } from "../state/states.js";
import { requireFunds } from "./checks.js";
import { keepGoodPayments } from "./filePayments.js";
import { type DealFacts, type NextStep, nextStep } from "./nextStep.js";
import { readDealFacts } from "./readDealFacts.js";
import { requireDistinct, requireRole } from "./requireParties.js";
import type { TextStore } from "./serialUseBook.js";

/** What a session is given. It holds no network, no clock and no key of its own. */
export type SessionOptions = {
  /** Signs for the party: an ethers signer (key, browser wallet) or a contract wallet. */
  readonly signer: DocumentSigner;
  /** Tells the time, in Unix seconds. */
  readonly clock: Clock;
  /** Reads the chain. */
  readonly reader: DealsReader;
  /** Keeps the session's file, so that a crash loses nothing; by default nothing is kept. */
  readonly store?: TextStore;
};

/** How to pay: out of an allowance, or by a signature that serves until a deadline. */
export type PayBy =
  | { readonly method: "ALLOWANCE" }
  | (Omit<PaymentTerms, "deadline"> & {
      /** Unix seconds; by default the last moment at which the payment may be needed. */
      readonly deadline?: bigint;
    });

/** What a session runs on, after its signer told its account. */
export type SessionState = SessionOptions & { readonly account: Address; readonly file: DealFile };

/** Reads what a session starts with: the signer's account, and the file that the store has. */
export async function openSession(options: SessionOptions): Promise<SessionState> {
  const account = await accountOf(options.signer);
  const kept = await options.store?.load();
  const file = kept === undefined ? createDealFile(options.reader) : decodeDealFile(kept);
  requirePlace(options.reader, file);
  return { ...options, account, file };
}

/**
 * One party's side of one referral. It takes and returns deal files as JSON, and before it signs anything it checks what
 * the contract would check, and what its own party would regret. What it holds is its file and nothing else.
 *
 * @example
 * import { id } from "ethers";
 * import { BuyerSession, chainClock, CustomerSession, Guildhall, MerchantSession } from "@guildhall/sdk";
 * // Each party has its own connection; here they share a process, and pass each other JSON.
 * const hall = await Guildhall.connect(parties.merchant, { directory });
 * const clock = chainClock(provider);
 * const reader = hall.deals.reader;
 * const merchant = await MerchantSession.open({ signer: parties.merchant, clock, reader });
 * const customer = await CustomerSession.open({ signer: parties.customer, clock, reader });
 * const buyer = await BuyerSession.open({ signer: parties.buyer, clock, reader });
 *
 * const item = { customer: customer.account, token, amount: 1_000n, itemHash: id("salted item") };
 * await customer.receive(await merchant.draftSale(item));
 * await customer.endorseSale();
 * await (await hall.deals.recordSale(customer.file)).wait();
 *
 * const rebateMoment = Number(await clock()) + 86_400;
 * await merchant.receive(customer.export());
 * const terms = { policy: "PERCENT_OFF", discount: 1_000n, rebate: 50n, rebateMoment } as const;
 * await customer.receive(await merchant.draftOffer(terms));
 * await buyer.receive(await customer.endorseOffer({ buyer: buyer.account }));
 * await buyer.endorseOffer();
 * await buyer.endorsePromise();
 * await customer.receive(await buyer.draftDeal({ itemHash: id("another salted item") }));
 * await buyer.receive(await customer.signDeal());
 * await merchant.receive(await buyer.signDeal({ method: "PERMIT" }));
 *
 * await merchant.approveDeal();
 * const { amount, funding } = await (await hall.deals.settle(merchant.file)).wait();
 * assert.deepEqual({ amount, funding }, { amount: 900n, funding: "HELD" });
 */
export abstract class DealSession {
  /** The party's role. */
  abstract readonly role: Role;
  /** The account that the session signs for. */
  readonly account: Address;
  protected readonly reader: DealsReader;
  readonly #signer: DocumentSigner;
  readonly #clock: Clock;
  readonly #store: TextStore | undefined;
  #file: DealFile;

  protected constructor({ account, file, signer, clock, reader, store }: SessionState) {
    this.account = account;
    this.reader = reader;
    this.#file = file;
    this.#signer = signer;
    this.#clock = clock;
    this.#store = store;
  }

  /** The file as the session has it. */
  get file(): DealFile {
    return this.#file;
  }

  /** The file as JSON, for the other parties. */
  export(): string {
    return encodeDealFile(this.#file);
  }

  /**
   * Takes a file, or a single document, from another party: reads it strictly, verifies every signature and their order,
   * and joins it with what the session has. A file that is refused changes nothing.
   *
   * Errors: {@link DocumentError}; {@link DealError} DEAL_WRONG_CHAIN, DEAL_WRONG_CONTRACT, DEAL_NOT_YOUR_ROLE,
   * DEAL_WRONG_BUYER, DEAL_PARTIES_NOT_DISTINCT, DEAL_TERM_MISMATCH, DEAL_FILE_CONFLICT, DEAL_SIGNATURE_INVALID,
   * DEAL_SIGNATURE_MISSING.
   */
  async receive(json: string): Promise<DealFile> {
    const received = decodeDealFile(json);
    requirePlace(this.reader, received);
    requireRole(received.body, this.role, this.account);
    const merged = mergeDealFiles(this.#file, received);
    requireRole(merged.body, this.role, this.account);
    requireDistinct(merged.body);
    await verifyDealFile(received, this.reader.verify);
    requireOrder(merged);
    // Of two signatures of one endorsement, the one that was verified just now: a wallet may have changed its keys.
    const fresh = received.signatures.reduce(withSignature, merged);
    const joined = await keepGoodPayments(this.#file, fresh, received, this.reader);
    await this.keep(joined);
    return joined;
  }

  /** Whose turn it is, what is missing, until when, and which function to call. */
  async nextStep(): Promise<NextStep> {
    return nextStep(this.#file, this.role, await this.facts());
  }

  /** What the chain says of the file's documents now. */
  async facts(): Promise<DealFacts> {
    return readDealFacts(this.#file, this.reader, await this.now());
  }

  /** The time, in Unix seconds. */
  protected now(): Promise<bigint> {
    return this.#clock();
  }

  /** Keeps a file, durably where there is a store. */
  protected async keep(file: DealFile): Promise<void> {
    await this.#store?.save(encodeDealFile(file));
    this.#file = file;
  }

  /** Adds drafts to the file, in their one form, after checking that they agree with what is there. */
  protected async draft(drafts: DealFileBody): Promise<void> {
    const added = createDealFile(this.reader, drafts);
    requireRole(added.body, this.role, this.account);
    const merged = mergeDealFiles(this.#file, added);
    requireDistinct(merged.body);
    requireAgreement(merged.body);
    await this.keep(merged);
  }

  /** Signs an endorsement over the file's documents and adds it. What is signed already is not signed again. */
  protected async endorse(type: EndorsementType): Promise<void> {
    if (signatureIn(this.#file, type) !== undefined) return;
    const endorsement = endorsementIn(this.#file.body, type);
    const endorser = endorserOf(endorsement);
    if (endorser !== this.account) {
      throw new DealError({
        code: "DEAL_NOT_YOUR_ROLE",
        args: { role: this.role, expected: endorser, actual: this.account },
        what: `${type} is ${endorser}'s to sign, and this session signs for ${this.account}.`,
        advice: "Use that account's session and signer.",
      });
    }
    const { account, digest, signature } = await signTyped(
      this.#signer,
      endorsementTypedData(this.reader, endorsement),
    );
    const verdict = account === endorser ? await this.reader.verify({ account, digest, signature }) : undefined;
    if (verdict?.valid !== true) {
      throw new DealError({
        code: "DEAL_SIGNER_DISAGREES",
        args: { account: endorser, signer: account, digest },
        what: `The signer answered for ${account} with a signature that ${endorser} does not stand for.`,
        advice: "Check which account the wallet has selected, and that a contract wallet answers for its owner's key.",
      });
    }
    await this.keep(withSignature(this.#file, { endorsement: type, signature }));
  }

  /** Signs a payment, or checks that the allowance is enough for it. */
  protected async pay(due: PaymentDue, by: PayBy, deadline: bigint): Promise<Payment> {
    const signed = by.method !== "ALLOWANCE";
    await requireFunds({ ...due, allowanceOf: signed ? undefined : this.reader.contract }, this.reader);
    if (!signed) return byAllowance;
    const terms = { method: by.method, deadline: by.deadline ?? deadline };
    const facts = await this.reader.tokenFactsOf(due.token, due.account);
    if (terms.method === "PERMIT" && facts.permitNonce === undefined) {
      throw new DealError({
        code: "DEAL_PAYMENT_UNSUPPORTED",
        args: { token: due.token, method: terms.method },
        what: `The token ${due.token} has no permit nonces, so it takes no EIP-2612 permits.`,
        advice: "Pay out of an allowance, or with Permit2.",
      });
    }
    const { signature } = await signTyped(this.#signer, paymentTypedData(this.reader, due, terms, facts));
    return { ...terms, signature };
  }

  /** Verifies every signature of the file again: a wallet may have changed its mind since it came in. */
  protected verifyAll(): Promise<void> {
    requireDistinct(this.#file.body);
    requireOrder(this.#file);
    return verifyDealFile(this.#file, this.reader.verify);
  }

  /** The referral's id, once the buyer is named. */
  protected referralId(): Hex {
    const offer = requirePart(this.#file.body, "offer");
    const buyer = requirePart(this.#file.body, "buyer");
    return referralIdOf({ ...offer, offerId: offerIdOf(offer), buyer });
  }

  /** The referral on the chain, once the buyer is named. */
  protected async referral(): Promise<ReferralStatus> {
    return this.reader.referralStatusOf(this.referralId());
  }

  /** Refuses what the customer took back. */
  protected requireNotRevoked(): void {
    if (signatureIn(this.#file, "CustomerOfferRevocation") === undefined) return;
    const { customer } = requirePart(this.#file.body, "offer");
    throw new DealError({
      code: "DEAL_REVOKED",
      args: { customer, buyer: this.#file.body.buyer ?? ZeroAddress },
      what: `The customer ${customer} revoked its endorsement.`,
      advice: "Nothing more can be signed in this file: ask for a new endorsement, in a file of its own.",
    });
  }

  protected requireOffer(): Offer {
    return requirePart(this.#file.body, "offer");
  }

  protected saleId(): Hex {
    return saleIdOf(requirePart(this.#file.body, "sale"));
  }
}
