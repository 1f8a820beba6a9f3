import { DealError } from "../DealError.js";
import type { EndorsementType } from "../documents/dealTypes.js";
import type { DealFile } from "./DealFile.js";
import { signatureIn } from "./signatureIn.js";

/** The orders in which signatures are given: each covers the one before it. */
export const signatureOrders = {
  offer: ["MerchantOfferEndorsement", "CustomerOfferEndorsement", "BuyerOfferEndorsement"],
  rebatePromise: ["MerchantPromiseEndorsement", "BuyerPromiseEndorsement", "CustomerPromiseEndorsement"],
  deal: ["CustomerDealEndorsement", "BuyerDealEndorsement", "MerchantDealEndorsement"],
  revocation: ["MerchantOfferEndorsement", "CustomerOfferEndorsement", "CustomerOfferRevocation"],
} as const satisfies Readonly<Record<string, readonly EndorsementType[]>>;

/** Refuses unless all these signatures are in the file. Errors: {@link DealError} DEAL_SIGNATURE_MISSING. */
export function requireSigned(file: DealFile, endorsements: readonly EndorsementType[], purpose: string): void {
  const missing = endorsements.find((endorsement) => signatureIn(file, endorsement) === undefined);
  if (missing === undefined) return;
  throw new DealError({
    code: "DEAL_SIGNATURE_MISSING",
    args: { missing, for: purpose },
    what: `${missing} must be there before ${purpose}, and it is not.`,
    advice: "Wait for the party whose turn it is, and receive its file first: see nextStep.",
  });
}

/** Refuses a file with a signature whose turn had not come. Errors: {@link DealError} DEAL_SIGNATURE_MISSING. */
export function requireOrder(file: DealFile): void {
  for (const order of Object.values(signatureOrders)) {
    order.forEach((endorsement, index) => {
      if (signatureIn(file, endorsement) !== undefined) requireSigned(file, order.slice(0, index), endorsement);
    });
  }
}
