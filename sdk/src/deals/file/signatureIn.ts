import type { EndorsementType } from "../documents/dealTypes.js";
import type { Hex } from "../../core/documents/Hex.js";
import type { DealFile } from "./DealFile.js";

/**
 * The signature of an endorsement, where the file carries it.
 *
 * @example
 * import { signatureIn } from "@guildhall/sdk";
 * const file = { signatures: [{ endorsement: "OfferOpening", signature: "0x01" }] } as const;
 * assert.equal(signatureIn(file, "OfferOpening"), "0x01");
 * assert.equal(signatureIn(file, "MerchantDealEndorsement"), undefined);
 */
export function signatureIn(file: Pick<DealFile, "signatures">, endorsement: EndorsementType): Hex | undefined {
  return file.signatures.find((entry) => entry.endorsement === endorsement)?.signature;
}
