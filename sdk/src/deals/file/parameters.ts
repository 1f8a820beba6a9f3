import type { EndorsementType } from "../documents/dealTypes.js";
import type { Hex } from "../../core/documents/Hex.js";
import type { LodgeParameters } from "../actions/lodge.js";
import type { LodgePromiseParameters } from "../actions/lodgePromise.js";
import type { LodgePromotionParameters } from "../actions/lodgePromotion.js";
import type { OpenOfferParameters } from "../actions/openOffer.js";
import type { PaySaleParameters } from "../actions/paySale.js";
import type { RecordSaleParameters } from "../actions/recordSale.js";
import type { SettleParameters } from "../actions/settle.js";
import type { SettleWithEvidenceParameters } from "../actions/settleWithEvidence.js";
import type { CompleteOffer } from "../actions/toAbi.js";
import { byAllowance } from "../payments/Payment.js";
import type { DealFile } from "./DealFile.js";
import { requirePart } from "./endorsementIn.js";
import { requireSigned } from "./requireOrder.js";
import { signatureIn } from "./signatureIn.js";

function signed(file: DealFile, endorsement: EndorsementType, call: string): Hex {
  requireSigned(file, [endorsement], call);
  return signatureIn(file, endorsement) ?? "0x";
}

/** The merchant's signature where the file has it; else the merchant sends the call itself. */
function consent(file: DealFile, endorsement: EndorsementType): { readonly merchantSignature?: Hex } {
  const merchantSignature = signatureIn(file, endorsement);
  return merchantSignature === undefined ? {} : { merchantSignature };
}

/**
 * What {@link recordSale} takes, out of a file. Errors: {@link DealError} DEAL_DOCUMENT_MISSING, DEAL_SIGNATURE_MISSING.
 *
 * @example
 * import { createDealFile, DealError, recordSaleOf } from "@guildhall/sdk";
 * const file = createDealFile({ chainId: 1n, contract }); // as a session has it: session.file
 * assert.throws(() => recordSaleOf(file), DealError); // nothing is drafted yet
 */
export function recordSaleOf(file: DealFile): RecordSaleParameters {
  return {
    sale: requirePart(file.body, "sale"),
    merchantSignature: signed(file, "MerchantSaleEndorsement", "recordSale"),
    customerSignature: signed(file, "CustomerSaleEndorsement", "recordSale"),
  };
}

/**
 * What {@link paySale} takes, out of a file. Errors: {@link DealError} DEAL_DOCUMENT_MISSING, DEAL_SIGNATURE_MISSING.
 *
 * @example
 * import { createDealFile, DealError, paySaleOf } from "@guildhall/sdk";
 * const file = createDealFile({ chainId: 1n, contract }); // as a session has it: session.file
 * assert.throws(() => paySaleOf(file), DealError); // nothing is drafted yet
 */
export function paySaleOf(file: DealFile): PaySaleParameters {
  return { ...recordSaleOf(file), payment: file.body.salePayment ?? byAllowance };
}

/**
 * What {@link openOffer} takes, out of a file. Errors: {@link DealError} DEAL_DOCUMENT_MISSING.
 *
 * @example
 * import { createDealFile, DealError, openOfferOf } from "@guildhall/sdk";
 * const file = createDealFile({ chainId: 1n, contract }); // as a session has it: session.file
 * assert.throws(() => openOfferOf(file), DealError); // nothing is drafted yet
 */
export function openOfferOf(file: DealFile): OpenOfferParameters {
  const payment = file.body.bondPayment ?? byAllowance;
  return { offer: requirePart(file.body, "offer"), ...consent(file, "OfferOpening"), payment };
}

/**
 * The complete offer of a file. Errors: {@link DealError} DEAL_DOCUMENT_MISSING, DEAL_SIGNATURE_MISSING.
 *
 * @example
 * import { createDealFile, DealError, evidenceOf } from "@guildhall/sdk";
 * const file = createDealFile({ chainId: 1n, contract }); // as a session has it: session.file
 * assert.throws(() => evidenceOf(file), DealError); // nothing is drafted yet
 */
export function evidenceOf(file: DealFile): CompleteOffer {
  return {
    offer: requirePart(file.body, "offer"),
    buyer: requirePart(file.body, "buyer"),
    merchantSignature: signed(file, "MerchantOfferEndorsement", "the complete offer"),
    customerSignature: signed(file, "CustomerOfferEndorsement", "the complete offer"),
    buyerSignature: signed(file, "BuyerOfferEndorsement", "the complete offer"),
  };
}

/**
 * What {@link settle} takes, out of a file. Errors: {@link DealError} DEAL_DOCUMENT_MISSING, DEAL_SIGNATURE_MISSING.
 *
 * @example
 * import { createDealFile, DealError, settleOf } from "@guildhall/sdk";
 * const file = createDealFile({ chainId: 1n, contract }); // as a session has it: session.file
 * assert.throws(() => settleOf(file), DealError); // nothing is drafted yet
 */
export function settleOf(file: DealFile): SettleParameters {
  return {
    deal: requirePart(file.body, "deal"),
    customerSignature: signed(file, "CustomerDealEndorsement", "settle"),
    buyerSignature: signed(file, "BuyerDealEndorsement", "settle"),
    ...consent(file, "MerchantDealEndorsement"),
    payment: file.body.dealPayment ?? byAllowance,
  };
}

/**
 * What {@link settleWithEvidence} takes, out of a file. Errors: {@link DealError} DEAL_DOCUMENT_MISSING, DEAL_SIGNATURE_MISSING.
 *
 * @example
 * import { createDealFile, DealError, settleWithEvidenceOf } from "@guildhall/sdk";
 * const file = createDealFile({ chainId: 1n, contract }); // as a session has it: session.file
 * assert.throws(() => settleWithEvidenceOf(file), DealError); // nothing is drafted yet
 */
export function settleWithEvidenceOf(file: DealFile): SettleWithEvidenceParameters {
  return { evidence: evidenceOf(file), ...settleOf(file) };
}

/**
 * What {@link lodge} takes, out of a file. Errors: {@link DealError} DEAL_DOCUMENT_MISSING, DEAL_SIGNATURE_MISSING.
 *
 * @example
 * import { createDealFile, DealError, lodgeOf } from "@guildhall/sdk";
 * const file = createDealFile({ chainId: 1n, contract }); // as a session has it: session.file
 * assert.throws(() => lodgeOf(file), DealError); // nothing is drafted yet
 */
export function lodgeOf(file: DealFile): LodgeParameters {
  const { deal, customerSignature, buyerSignature, payment } = settleOf(file);
  return { evidence: evidenceOf(file), deal, customerSignature, buyerSignature, payment: payment ?? byAllowance };
}

/**
 * What {@link lodgePromise} takes, out of a file. Errors: {@link DealError} DEAL_DOCUMENT_MISSING, DEAL_SIGNATURE_MISSING.
 *
 * @example
 * import { createDealFile, DealError, lodgePromiseOf } from "@guildhall/sdk";
 * const file = createDealFile({ chainId: 1n, contract }); // as a session has it: session.file
 * assert.throws(() => lodgePromiseOf(file), DealError); // nothing is drafted yet
 */
export function lodgePromiseOf(file: DealFile): LodgePromiseParameters {
  return {
    rebatePromise: requirePart(file.body, "rebatePromise"),
    buyer: requirePart(file.body, "buyer"),
    merchantSignature: signed(file, "MerchantPromiseEndorsement", "lodgePromise"),
    buyerSignature: signed(file, "BuyerPromiseEndorsement", "lodgePromise"),
    customerSignature: signed(file, "CustomerPromiseEndorsement", "lodgePromise"),
  };
}

/**
 * What {@link lodgePromotion} takes, out of a file. Errors: {@link DealError} DEAL_DOCUMENT_MISSING, DEAL_SIGNATURE_MISSING.
 *
 * @example
 * import { createDealFile, DealError, lodgePromotionOf } from "@guildhall/sdk";
 * const file = createDealFile({ chainId: 1n, contract }); // as a session has it: session.file
 * assert.throws(() => lodgePromotionOf(file), DealError); // nothing is drafted yet
 */
export function lodgePromotionOf(file: DealFile): LodgePromotionParameters {
  const { buyer, merchantSignature, buyerSignature, customerSignature } = lodgePromiseOf(file);
  return { offer: requirePart(file.body, "offer"), buyer, merchantSignature, buyerSignature, customerSignature };
}

/** The merchant's signature of the deal, or "0x" where the merchant sends the call itself. */
export function merchantDealSignatureOf(file: DealFile): Hex {
  return signatureIn(file, "MerchantDealEndorsement") ?? "0x";
}
