import { checksumOf } from "./checksumOf.js";
import type { DocumentCodec, GuildhallDocument } from "./DocumentCodec.js";
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, envelopeSchema } from "./envelope.js";
import type { JsonObject } from "./Json.js";
import { address } from "./schema/address.js";
import { uint } from "./schema/uint.js";

/** The JSON object of a document, with its checksum. */
export function envelopeOf<Type extends string, Body, Entry>(
  codec: DocumentCodec<Type, Body, Entry>,
  document: GuildhallDocument<Type, Body, Entry>,
): JsonObject {
  const content: JsonObject = {
    format: DOCUMENT_FORMAT,
    version: DOCUMENT_VERSION,
    type: document.type,
    chainId: uint(256).format(document.chainId),
    contract: address().format(document.contract),
    body: codec.body.format(document.body),
    signatures: document.signatures.map((entry) => codec.entry.format(entry)),
  };
  return { ...content, checksum: checksumOf(content) };
}

/**
 * Writes a document as JSON with its checksum.
 *
 * Errors: {@link DocumentError} where a value could not be read back: nothing is written that a reader would refuse.
 *
 * @example
 * import { createDocument, serializeDocument } from "@guildhall/sdk";
 * const document = createDocument(codec, { chainId: 31337n, contract, body: { words: "0x01" } });
 * const text = serializeDocument(codec, document);
 * assert.equal(JSON.parse(text).format, "guildhall-document");
 */
export function serializeDocument<Type extends string, Body, Entry>(
  codec: DocumentCodec<Type, Body, Entry>,
  document: GuildhallDocument<Type, Body, Entry>,
): string {
  const envelope = envelopeOf(codec, document);
  envelopeSchema(codec).parse(envelope, "$");
  return JSON.stringify(envelope, null, 2);
}
