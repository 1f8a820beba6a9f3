import { createDocument } from "../../core/documents/createDocument.js";
import type { DealsPlace } from "../documents/dealsDomain.js";
import { dealFileCodec } from "./codecs.js";
import type { DealFile, DealFileBody, DealSignature } from "./DealFile.js";

/**
 * Makes a deal file out of documents and signatures, with every value brought to its one form.
 *
 * Errors: {@link DocumentError} where a value is out of range, with its JSON path.
 *
 * @example
 * import { createDealFile, encodeDealFile } from "@guildhall/sdk";
 * const file = createDealFile({ chainId: 1n, contract: "0x00000000000000000000000000000000000000aa" });
 * assert.match(encodeDealFile(file), /"type": "DealFile"/);
 */
export function createDealFile(
  { chainId, contract }: DealsPlace,
  body: DealFileBody = {},
  signatures: readonly DealSignature[] = [],
): DealFile {
  return createDocument(dealFileCodec, { chainId, contract, body, signatures });
}
