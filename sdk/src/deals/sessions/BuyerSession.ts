import { hexlify, randomBytes } from "ethers";

import { DealError } from "../DealError.js";
import { dealIdOf } from "../documents/dealIdOf.js";
import type { Hex } from "../../core/documents/Hex.js";
import { price } from "../documents/price.js";
import type { Role } from "../documents/Role.js";
import { requirePart } from "../file/endorsementIn.js";
import { requireSigned } from "../file/requireOrder.js";
import { signatureIn } from "../file/signatureIn.js";
import { requireBaseSale, requireCover, requireRunning, requireSoundOffer } from "./checks.js";
import { DealSession, openSession, type PayBy, type SessionOptions } from "./DealSession.js";
import { requireBefore } from "./requireTime.js";

/** What the buyer says of the new deal; the rest follows from the offer. */
export type DealDraft = {
  /** Salted hash of what is sold. */
  readonly itemHash: Hex;
  /** Random by default. */
  readonly salt?: Hex;
};

/** The buyer's side: accepts the offer, drafts the deal and pays it. */
export class BuyerSession extends DealSession {
  readonly role: Role = "buyer";

  /**
   * Opens a session, or takes one up where its store left it.
   *
   * @example
   * import { BuyerSession, chainClock, Guildhall } from "@guildhall/sdk";
   * const { deals } = await Guildhall.connect(parties.buyer, { directory });
   * const session = await BuyerSession.open({ signer: parties.buyer, clock: chainClock(provider), reader: deals.reader });
   * assert.equal((await session.nextStep()).turn, "merchant");
   */
  static async open(options: SessionOptions): Promise<BuyerSession> {
    return new BuyerSession(await openSession(options));
  }

  /**
   * Accepts the offer. A revocation by the customer is honoured.
   *
   * Errors: {@link DealError} DEAL_SIGNATURE_MISSING, DEAL_REVOKED, DEAL_TOO_LATE, and those of the offer's checks.
   *
   * @returns The file, for merchant and customer
   */
  async endorseOffer(): Promise<string> {
    requireSigned(this.file, ["MerchantOfferEndorsement", "CustomerOfferEndorsement"], "BuyerOfferEndorsement");
    // What the buyer endorsed can no longer be revoked.
    if (signatureIn(this.file, "BuyerOfferEndorsement") === undefined) this.requireNotRevoked();
    await this.#requireOfferStands();
    await this.endorse("BuyerOfferEndorsement");
    return this.export();
  }

  /**
   * Endorses the rebate promise, which names the buyer in it.
   *
   * Errors: {@link DealError} DEAL_SIGNATURE_MISSING, DEAL_TOO_LATE, and those of the offer's checks.
   *
   * @returns The file, for the customer
   */
  async endorsePromise(): Promise<string> {
    requireSigned(this.file, ["MerchantPromiseEndorsement", "BuyerOfferEndorsement"], "BuyerPromiseEndorsement");
    await this.#requireOfferStands();
    await this.endorse("BuyerPromiseEndorsement");
    return this.export();
  }

  /**
   * Drafts the new deal from the offer, at the policy's price.
   *
   * Errors: {@link DealError} DEAL_SIGNATURE_MISSING, DEAL_TOO_LATE, DEAL_FILE_CONFLICT (another draft is
   * in the file), and those of the offer's checks.
   *
   * @returns The file, for the customer
   */
  async draftDeal({ itemHash, salt }: DealDraft): Promise<string> {
    requireSigned(this.file, ["BuyerOfferEndorsement"], "the deal's draft");
    await this.#requireOfferStands();
    const offer = this.requireOffer();
    const { merchant, customer, rebate, rebateMoment } = requirePart(this.file.body, "rebatePromise");
    await this.draft({
      deal: {
        offerId: requirePart(this.file.body, "rebatePromise").offerId,
        merchant,
        customer,
        buyer: this.account,
        token: offer.token,
        amount: price(offer),
        rebate,
        rebateMoment,
        itemHash,
        salt: salt ?? this.file.body.deal?.salt ?? hexlify(randomBytes(32)),
      },
    });
    return this.export();
  }

  /**
   * Signs the new deal after the customer, and says how it is paid: out of an allowance, or by a signature that serves
   * for this deal alone.
   *
   * Errors: {@link DealError} DEAL_DOCUMENT_MISSING, DEAL_SIGNATURE_MISSING, DEAL_TOO_LATE,
   * DEAL_TERM_MISMATCH, DEAL_WRONG_STATE, DEAL_BALANCE_SHORT, DEAL_ALLOWANCE_SHORT, DEAL_PAYMENT_UNSUPPORTED, and those
   * of the offer's checks.
   *
   * @returns The file, for the merchant
   */
  async signDeal(by: PayBy = { method: "ALLOWANCE" }): Promise<string> {
    const deal = requirePart(this.file.body, "deal");
    requireSigned(this.file, ["BuyerOfferEndorsement", "CustomerDealEndorsement"], "BuyerDealEndorsement");
    await this.#requireOfferStands();
    const referralId = this.referralId();
    const { state } = await this.reader.referralStatusOf(referralId);
    if (state !== "NONE") {
      throw new DealError({
        code: "DEAL_WRONG_STATE",
        args: { referralId, expected: "NONE", actual: state },
        what: `The referral ${referralId} is ${state} already.`,
        advice: "One buyer uses an offer once: nothing is left to sign.",
      });
    }
    const due = { token: deal.token, account: this.account, amount: deal.amount, documentId: dealIdOf(deal) };
    const dealPayment = await this.pay(due, by, BigInt(deal.rebateMoment));
    await this.endorse("BuyerDealEndorsement");
    await this.keep({ ...this.file, body: { ...this.file.body, dealPayment } });
    return this.export();
  }

  async #requireOfferStands(): Promise<void> {
    const offer = this.requireOffer();
    requireBefore(offer.rebateMoment, await this.now());
    requireSoundOffer(offer);
    await this.verifyAll();
    await requireRunning(offer, this.reader);
    await requireBaseSale(offer, this.reader);
    await requireCover(offer, await this.referral(), this.reader);
  }
}
