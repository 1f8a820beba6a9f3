import { serializeDocument } from "../../core/documents/serializeDocument.js";
import { dealFileCodec } from "./codecs.js";
import type { DealFile } from "./DealFile.js";

/** Writes a deal file as JSON with its checksum. Errors: {@link DocumentError}. */
export function encodeDealFile(file: DealFile): string {
  return serializeDocument(dealFileCodec, file);
}
