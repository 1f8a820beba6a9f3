import { serializeDocument } from "../../core/documents/serializeDocument.js";
import { dealFileCodec } from "./codecs.js";
import type { DealFile } from "./DealFile.js";

/**
 * Writes a deal file as JSON with its checksum. Errors: {@link DocumentError}.
 *
 * @example
 * import { createDealFile, encodeDealFile } from "@guildhall/sdk";
 * const file = createDealFile({ chainId: 1n, contract }, { buyer: `0x${"44".repeat(20)}` });
 * assert.match(encodeDealFile(file), /"checksum": "0x[0-9a-f]{64}"/);
 */
export function encodeDealFile(file: DealFile): string {
  return serializeDocument(dealFileCodec, file);
}
