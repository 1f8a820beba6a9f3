import { hexlify, randomBytes } from "ethers";

import { DealError } from "../DealError.js";
import { dealIdOf } from "../documents/dealIdOf.js";
import type { Hex } from "../../core/documents/Hex.js";
import type { Offer } from "../documents/Offer.js";
import { offerIdOf } from "../documents/offerIdOf.js";
import { referralIdOf } from "../documents/referralIdOf.js";
import type { Role } from "../documents/Role.js";
import type { Sale } from "../documents/Sale.js";
import { requirePart } from "../file/endorsementIn.js";
import { requireSigned } from "../file/requireOrder.js";
import {
  requireBaseSale,
  requireCover,
  requireFunds,
  requireNewSale,
  requireRunning,
  requireSoundOffer,
  requireSoundSale,
} from "./checks.js";
import { DealSession, openSession, type PayBy, type SessionOptions, type SessionState } from "./DealSession.js";
import { requirePayment } from "./filePayments.js";
import { requireBefore, requireMargin } from "./requireTime.js";
import { serialUseBook } from "./serialUseBook.js";
import type { UseBook } from "./UseBook.js";

/** What a merchant's session is given. */
export type MerchantSessionOptions = SessionOptions & {
  /** What the merchant consented to, over all its files; in memory by default, which forgets at the end of the process. */
  readonly uses?: UseBook;
  /** Seconds before the rebate moment from which the merchant consents to nothing more; 120 by default. */
  readonly margin?: number;
};

/** What the merchant says of a sale; the rest follows. */
export type SaleDraft = Omit<Sale, "merchant" | "salt" | "refundableUntil"> & {
  /** Unix seconds; 0 by default: not refundable. */
  readonly refundableUntil?: number;
  /** Random by default. */
  readonly salt?: Hex;
  /** Whether it was paid outside the contract; true by default. */
  readonly paidElsewhere?: boolean;
};

/** What the merchant says of an offer; parties, token, amount and counter follow from the base sale and the chain. */
export type OfferDraft = Pick<Offer, "policy" | "discount" | "rebateMoment" | "rebate"> & {
  /** A recorded sale, or a referred sale recorded as one; by default the file's sale. */
  readonly saleId?: Hex;
  /** Whether a price of 0 is meant; false by default. */
  readonly free?: boolean;
  /** DEAL_REQUIRED by default. */
  readonly rebateRule?: Offer["rebateRule"];
  /** 1 by default. */
  readonly maxUses?: number;
  /** Random by default. */
  readonly salt?: Hex;
};

/** The merchant's side: drafts sale, offer and rebate promise, and consents to the deal at the end. */
export class MerchantSession extends DealSession {
  readonly role: Role = "merchant";
  readonly #uses: UseBook;
  readonly #margin: number;

  private constructor(state: SessionState, { uses = serialUseBook(), margin = 120 }: MerchantSessionOptions) {
    super(state);
    this.#uses = uses;
    this.#margin = margin;
  }

  /**
   * Opens a session, or takes one up where its store left it.
   *
   * @example
   * import { chainClock, chainDealsReader, Guildhall, MerchantSession } from "@guildhall/sdk";
   * const { context } = await Guildhall.connect(signer, { directory });
   * const reader = chainDealsReader({ ...context, contract: context.addresses.ReferralDeals });
   * const session = await MerchantSession.open({ signer, clock: chainClock(provider), reader });
   * assert.equal((await session.nextStep()).action, "draftOffer");
   */
  static async open(options: MerchantSessionOptions): Promise<MerchantSession> {
    return new MerchantSession(await openSession(options), options);
  }

  /**
   * Drafts the sale and endorses it.
   *
   * Errors: {@link DocumentError}; {@link DealError} DEAL_ZERO_AMOUNT, DEAL_PARTIES_NOT_DISTINCT, DEAL_WRONG_STATE,
   * DEAL_FILE_CONFLICT.
   *
   * @returns The file, for the customer
   */
  async draftSale({ refundableUntil = 0, salt, paidElsewhere = true, ...draft }: SaleDraft): Promise<string> {
    const held = this.file.body.sale?.salt;
    const sale: Sale = { ...draft, merchant: this.account, refundableUntil, salt: salt ?? held ?? randomSalt() };
    requireSoundSale(sale);
    await this.draft({ sale, paidElsewhere });
    await requireNewSale(this.saleId(), this.reader);
    await this.endorse("MerchantSaleEndorsement");
    return this.export();
  }

  /**
   * Drafts the offer and the rebate promise on a recorded sale, and endorses both.
   *
   * Errors: {@link DealError} DEAL_DOCUMENT_MISSING, DEAL_SALE_NOT_RECORDED, DEAL_NOT_YOUR_ROLE, DEAL_TOO_LATE,
   * DEAL_ZERO_REBATE, DEAL_ZERO_USES, those of {@link price}, DEAL_FILE_CONFLICT.
   *
   * @returns The file, for the customer
   */
  async draftOffer({
    saleId = this.saleId(),
    free = false,
    rebateRule = "DEAL_REQUIRED",
    maxUses = 1,
    salt,
    ...draft
  }: OfferDraft): Promise<string> {
    const sale = await this.reader.saleOf(saleId);
    if (sale === undefined || sale.state === "REFUNDED") {
      throw new DealError({
        code: "DEAL_SALE_NOT_RECORDED",
        args: { saleId, expected: "RECORDED", actual: sale?.state ?? "NONE" },
        what: `The base sale ${saleId} is ${sale?.state ?? "NONE"} on the chain.`,
        advice: sale === undefined ? "Record it first." : "A refunded sale can be the base of no offer.",
      });
    }
    const offer: Offer = {
      ...draft,
      saleId,
      merchant: sale.merchant,
      customer: sale.customer,
      token: sale.token,
      saleAmount: sale.amount,
      free,
      rebateRule,
      maxUses,
      counter: await this.reader.counterOf(sale.merchant),
      salt: salt ?? this.file.body.offer?.salt ?? randomSalt(),
    };
    requireSoundOffer(offer);
    requireBefore(offer.rebateMoment, await this.now());
    const { merchant, customer, rebate, rebateMoment } = offer;
    const rebatePromise = { offerId: offerIdOf(offer), merchant, customer, rebate, rebateMoment };
    await this.draft({ offer, rebatePromise });
    await this.#requireOfferStands();
    await this.endorse("MerchantOfferEndorsement");
    await this.endorse("MerchantPromiseEndorsement");
    return this.export();
  }

  /**
   * Signs that the offer be opened with its bond, for somebody else to submit. A merchant that submits it itself needs no
   * such signature: see {@link DealsClient.openOffer}.
   *
   * Errors: {@link DealError} DEAL_DOCUMENT_MISSING, DEAL_TOO_LATE, DEAL_BALANCE_SHORT, DEAL_ALLOWANCE_SHORT, and those
   * of the offer's checks.
   */
  async signOpening(by: PayBy = { method: "ALLOWANCE" }): Promise<string> {
    const offer = this.requireOffer();
    requireBefore(offer.rebateMoment, await this.now());
    await this.#requireOfferStands();
    const offerId = offerIdOf(offer);
    const { uses } = await this.reader.offerStatusOf(offerId);
    const due = {
      token: offer.token,
      account: this.account,
      amount: offer.rebate * BigInt(offer.maxUses - uses),
      documentId: offerId,
    };
    const bondPayment = await this.pay(due, by, BigInt(offer.rebateMoment));
    await this.endorse("OfferOpening");
    await this.keep({ ...this.file, body: { ...this.file.body, bondPayment } });
    return this.export();
  }

  /**
   * Checks everything that the merchant must know before it consents to the deal, and takes the use in its book. (That
   * the documents agree, the deal names whom the offer was endorsed for, and the price is the policy's was checked when
   * the file was received.) After this the merchant may send the settlement, or the countersignature of a lodged deal, itself.
   *
   * Errors: {@link DealError} DEAL_TOO_LATE, DEAL_MARGIN_REACHED, DEAL_DOCUMENT_MISSING, DEAL_SIGNATURE_MISSING,
   * DEAL_SIGNATURE_INVALID, DEAL_SALE_NOT_RECORDED,
   * DEAL_SALE_TERMS_DIFFER, DEAL_WRONG_COUNTER, DEAL_OFFER_CANCELLED, DEAL_REBATE_ABOVE_PRICE, DEAL_BOND_REQUIRED,
   * DEAL_WRONG_STATE, DEAL_OTHER_DEAL, DEAL_USE_SIGNED, DEAL_USES_EXHAUSTED, DEAL_BALANCE_SHORT, DEAL_ALLOWANCE_SHORT.
   *
   * @returns The ids that the merchant consents to
   */
  async approveDeal(): Promise<{ readonly referralId: Hex; readonly dealId: Hex }> {
    const offer = this.requireOffer();
    const deal = requirePart(this.file.body, "deal");
    requireMargin(offer.rebateMoment, this.#margin, await this.now());
    requireSigned(
      this.file,
      [
        "MerchantOfferEndorsement",
        "CustomerOfferEndorsement",
        "BuyerOfferEndorsement",
        "CustomerDealEndorsement",
        "BuyerDealEndorsement",
      ],
      "MerchantDealEndorsement",
    );
    requireSoundOffer(offer);
    await this.verifyAll();

    const referralId = referralIdOf(deal);
    const dealId = dealIdOf(deal);
    const referral = await this.reader.referralStatusOf(referralId);
    const lodged = referral.state === "LODGED";
    if (lodged || referral.state === "SETTLED") {
      const standing = await this.reader.dealUnder(referralId);
      if (standing !== undefined && standing !== dealId) {
        throw new DealError({
          code: "DEAL_OTHER_DEAL",
          args: { referralId, expected: standing, actual: dealId },
          what: `Under the referral ${referralId} stands the deal ${standing}, and this is ${dealId}.`,
          advice: "Ask the buyer for the file of the deal that it lodged.",
        });
      }
    }
    if (referral.state === "SETTLED" || referral.state === "DEFAULTED") {
      throw new DealError({
        code: "DEAL_WRONG_STATE",
        args: { referralId, expected: "NONE", actual: referral.state },
        what: `The referral ${referralId} is ${referral.state} already.`,
        advice: "Nothing is left to consent to.",
      });
    }
    // A lodged deal was checked against its offer by the contract, and survives the offer's cancelling.
    if (!lodged) {
      await requireRunning(offer, this.reader);
      await requireBaseSale(offer, this.reader);
      await requireCover(offer, referral, this.reader);
      const byAllowance = (this.file.body.dealPayment?.method ?? "ALLOWANCE") === "ALLOWANCE";
      await requireFunds(
        {
          token: deal.token,
          account: deal.buyer,
          amount: deal.amount,
          allowanceOf: byAllowance ? this.reader.contract : undefined,
        },
        this.reader,
      );
      await requirePayment("dealPayment", this.file, this.reader);
    }
    await this.#takeUse(offer, referralId, dealId);
    return { referralId, dealId };
  }

  /**
   * Consents to the deal by signature, for somebody else to submit. The checks are those of {@link approveDeal}, at every
   * call.
   *
   * @returns The file, for whoever submits it
   */
  async signDeal(): Promise<string> {
    await this.approveDeal();
    await this.endorse("MerchantDealEndorsement");
    return this.export();
  }

  async #requireOfferStands(): Promise<void> {
    const offer = this.requireOffer();
    requireSoundOffer(offer);
    await requireRunning(offer, this.reader);
    await requireBaseSale(offer, this.reader);
  }

  async #takeUse(offer: Offer, referralId: Hex, dealId: Hex): Promise<void> {
    const offerId = offerIdOf(offer);
    const onChain = await this.reader.usesOf(offer);
    const verdict = await this.#uses.claim({ offerId, maxUses: offer.maxUses, referralId, dealId, onChain });
    if (verdict.granted) return;
    if (verdict.reason === "SIGNED") {
      throw new DealError({
        code: "DEAL_USE_SIGNED",
        args: { referralId, expected: verdict.dealId, actual: dealId },
        what: `You consented to the deal ${verdict.dealId} for this use, and this is ${dealId}.`,
        advice: "One use is one deal: ask customer and buyer which of the two they mean, and go on with the first.",
      });
    }
    throw new DealError({
      code: "DEAL_USES_EXHAUSTED",
      args: { offerId, maxUses: offer.maxUses, taken: verdict.taken },
      what: `All ${offer.maxUses} uses of the offer ${offerId} are taken.`,
      advice: "Draft a new offer if you want to sell more under these terms.",
    });
  }
}

function randomSalt(): Hex {
  return hexlify(randomBytes(32));
}
