import { parseDocument } from "../../core/documents/parseDocument.js";
import { DealError } from "../DealError.js";
import { dealCodecs } from "./codecs.js";
import type { DealFile } from "./DealFile.js";
import { endorsementIn, requirePart } from "./endorsementIn.js";
import { requireAgreement } from "./requireAgreement.js";
import { inOrder } from "./withSignature.js";

/** Puts a file's signatures in order; refuses two for one endorsement, and one whose document is missing. */
function requireShape({ body, signatures, ...rest }: DealFile): DealFile {
  signatures.forEach(({ endorsement }, index) => {
    endorsementIn(body, endorsement);
    if (signatures.findIndex((entry) => entry.endorsement === endorsement) === index) return;
    throw new DealError({
      code: "DEAL_FILE_CONFLICT",
      args: { path: `$.signatures[${index}]`, endorsement },
      what: `$.signatures[${index}] is a second signature for ${endorsement}.`,
      advice: "Ask the sender for a file with one signature for each endorsement.",
    });
  });
  if (body.sale !== undefined) requirePart(body, "paidElsewhere");
  requireAgreement(body);
  return { ...rest, body, signatures: inOrder(signatures) };
}

/**
 * Reads a deal file, or a single document of one, from JSON: format, checksum, every field, and that the documents agree
 * with each other. Signatures are not verified; see {@link verifyDealFile}.
 *
 * Errors: {@link DocumentError} with a JSON path; {@link DealError} DEAL_FILE_CONFLICT, DEAL_DOCUMENT_MISSING,
 * DEAL_TERM_MISMATCH, and those of {@link price}.
 *
 * @example
 * import { createDealFile, decodeDealFile, encodeDealFile } from "@guildhall/sdk";
 * const file = createDealFile({ chainId: 1n, contract: "0x00000000000000000000000000000000000000aa" });
 * assert.deepEqual(decodeDealFile(encodeDealFile(file)), file);
 */
export function decodeDealFile(json: string): DealFile {
  const document = parseDocument(json, dealCodecs);
  return requireShape({ ...document, type: "DealFile" });
}
