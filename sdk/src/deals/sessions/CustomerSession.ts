import { DealError } from "../DealError.js";
import type { Address } from "../../core/documents/Hex.js";
import type { Role } from "../documents/Role.js";
import { requirePart } from "../file/endorsementIn.js";
import { requireSigned } from "../file/requireOrder.js";
import { signatureIn } from "../file/signatureIn.js";
import {
  requireBaseSale,
  requireCover,
  requireNewSale,
  requireRunning,
  requireSoundOffer,
  requireSoundSale,
} from "./checks.js";
import { DealSession, openSession, type PayBy, type SessionOptions } from "./DealSession.js";
import { requireBefore } from "./requireTime.js";

/** The customer's side: endorses the offer for whom it brings, and the rebate promise last. */
export class CustomerSession extends DealSession {
  readonly role: Role = "customer";

  /**
   * Opens a session, or takes one up where its store left it. One session is for one buyer: to bring several, open a
   * session for each with the merchant's file.
   *
   * @example
   * import { CustomerSession, chainClock, Guildhall } from "@guildhall/sdk";
   * const { deals } = await Guildhall.connect(parties.customer, { directory });
   * const session = await CustomerSession.open({ signer: parties.customer, clock: chainClock(provider), reader: deals.reader });
   * assert.equal((await session.nextStep()).turn, "merchant");
   */
  static async open(options: SessionOptions): Promise<CustomerSession> {
    return new CustomerSession(await openSession(options));
  }

  /**
   * Endorses the sale. Where it is to be paid through the contract, says how it pays.
   *
   * Errors: {@link DealError} DEAL_DOCUMENT_MISSING, DEAL_ZERO_AMOUNT, DEAL_WRONG_STATE, DEAL_BALANCE_SHORT,
   * DEAL_ALLOWANCE_SHORT, DEAL_PAYMENT_UNSUPPORTED.
   *
   * @returns The file, for the merchant
   */
  async endorseSale(by: PayBy = { method: "ALLOWANCE" }): Promise<string> {
    const sale = requirePart(this.file.body, "sale");
    requireSoundSale(sale);
    await this.verifyAll();
    await requireNewSale(this.saleId(), this.reader);
    if (!requirePart(this.file.body, "paidElsewhere")) {
      const due = { token: sale.token, account: this.account, amount: sale.amount, documentId: this.saleId() };
      const salePayment = await this.pay(due, by, (await this.now()) + 86_400n);
      await this.keep({ ...this.file, body: { ...this.file.body, salePayment } });
    }
    await this.endorse("CustomerSaleEndorsement");
    return this.export();
  }

  /**
   * Endorses the offer for the buyer that the customer brings.
   *
   * Errors: {@link DealError} DEAL_SIGNATURE_MISSING, DEAL_REVOKED, DEAL_TOO_LATE, DEAL_PARTIES_NOT_DISTINCT,
   * DEAL_FILE_CONFLICT (another buyer is named already), and those of the offer's checks.
   *
   * @returns The file, for the buyer
   */
  async endorseOffer({ buyer }: { readonly buyer: Address }): Promise<string> {
    requireSigned(this.file, ["MerchantOfferEndorsement", "MerchantPromiseEndorsement"], "CustomerOfferEndorsement");
    this.requireNotRevoked();
    await this.#requireOfferStands();
    await this.draft({ buyer });
    await this.#requireCovered();
    await this.endorse("CustomerOfferEndorsement");
    return this.export();
  }

  /**
   * Takes the endorsement of the offer back, which is possible until the buyer endorsed it.
   *
   * Errors: {@link DealError} DEAL_SIGNATURE_MISSING, DEAL_PAST_REVOKING.
   *
   * @returns The file, for the buyer
   */
  async revoke(): Promise<string> {
    requireSigned(this.file, ["CustomerOfferEndorsement"], "CustomerOfferRevocation");
    if (signatureIn(this.file, "BuyerOfferEndorsement") !== undefined) {
      const buyer = requirePart(this.file.body, "buyer");
      throw new DealError({
        code: "DEAL_PAST_REVOKING",
        args: { buyer },
        what: `The buyer ${buyer} endorsed the offer already.`,
        advice:
          "It can no longer be revoked. If you do not want the deal, do not sign it: nobody can settle it without you.",
      });
    }
    await this.endorse("CustomerOfferRevocation");
    return this.export();
  }

  /**
   * Signs the new deal, which it refuses until it holds the buyer's endorsement of the rebate promise.
   *
   * Errors: {@link DealError} DEAL_DOCUMENT_MISSING, DEAL_SIGNATURE_MISSING, DEAL_REVOKED, DEAL_TOO_LATE,
   * DEAL_TERM_MISMATCH, DEAL_WRONG_STATE, and those of the offer's checks.
   *
   * @returns The file, for the buyer
   */
  async signDeal(): Promise<string> {
    requirePart(this.file.body, "deal");
    requireSigned(this.file, ["BuyerOfferEndorsement", "BuyerPromiseEndorsement"], "CustomerDealEndorsement");
    this.requireNotRevoked();
    await this.#requireOfferStands();
    await this.#requireCovered();
    await this.#requireNoDeal();
    await this.endorse("CustomerDealEndorsement");
    return this.export();
  }

  /**
   * Endorses the rebate promise, as the last of the three. Then it can be lodged: see {@link DealsClient.lodgePromise}.
   *
   * Errors: {@link DealError} DEAL_SIGNATURE_MISSING, DEAL_REVOKED, DEAL_TOO_LATE.
   *
   * @returns The file, for whoever lodges the promise
   */
  async endorsePromise(): Promise<string> {
    requireSigned(this.file, ["MerchantPromiseEndorsement", "BuyerPromiseEndorsement"], "CustomerPromiseEndorsement");
    this.requireNotRevoked();
    requireBefore(requirePart(this.file.body, "rebatePromise").rebateMoment, await this.now());
    await this.verifyAll();
    await this.endorse("CustomerPromiseEndorsement");
    return this.export();
  }

  async #requireOfferStands(): Promise<void> {
    const offer = this.requireOffer();
    requireBefore(offer.rebateMoment, await this.now());
    requireSoundOffer(offer);
    await this.verifyAll();
    await requireRunning(offer, this.reader);
    await requireBaseSale(offer, this.reader);
  }

  async #requireCovered(): Promise<void> {
    await requireCover(this.requireOffer(), await this.referral(), this.reader);
  }

  async #requireNoDeal(): Promise<void> {
    const referralId = this.referralId();
    const { state } = await this.reader.referralStatusOf(referralId);
    if (state === "NONE") return;
    throw new DealError({
      code: "DEAL_WRONG_STATE",
      args: { referralId, expected: "NONE", actual: state },
      what: `The referral ${referralId} is ${state} already.`,
      advice: "One buyer uses an offer once: nothing is left to sign.",
    });
  }
}
