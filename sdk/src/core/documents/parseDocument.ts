import type { DocumentCodec, DocumentOf } from "./DocumentCodec.js";
import { DocumentError } from "./DocumentError.js";
import { checksumOf } from "./checksumOf.js";
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, envelopeSchema } from "./envelope.js";
import { isJsonObject, type Json, type JsonObject } from "./Json.js";
import { parseJson } from "./parseJson.js";
import { wrongType } from "./schema/faults.js";

function requireFormat(value: Json): JsonObject {
  if (!isJsonObject(value)) return wrongType("$", "an object", value);
  if (value["format"] !== DOCUMENT_FORMAT) {
    throw new DocumentError({
      code: "DOCUMENT_WRONG_FORMAT",
      args: { path: "$.format", expected: DOCUMENT_FORMAT, actual: value["format"] },
      what: `$.format is ${JSON.stringify(value["format"])}; it must be "${DOCUMENT_FORMAT}".`,
      advice: "Pass a document that the SDK wrote.",
    });
  }
  const { version } = value;
  if (typeof version !== "number" || !Number.isSafeInteger(version) || version < 1) {
    return wrongType("$.version", "a whole number from 1", version);
  }
  if (version > DOCUMENT_VERSION) {
    throw new DocumentError({
      code: "DOCUMENT_NEWER_VERSION",
      args: { path: "$.version", expected: DOCUMENT_VERSION, actual: version },
      what: `The document has version ${version}, and this SDK reads up to version ${DOCUMENT_VERSION}.`,
      advice: "Upgrade @guildhall/sdk.",
    });
  }
  const { checksum } = value;
  if (typeof checksum !== "string") return wrongType("$.checksum", "32 bytes in lower-case hex", checksum);
  const expected = checksumOf(value);
  if (checksum !== expected) {
    throw new DocumentError({
      code: "DOCUMENT_CHECKSUM_MISMATCH",
      args: { path: "$.checksum", expected, actual: checksum },
      what: `The document's checksum is ${checksum.slice(0, 66)}, and its content makes ${expected}.`,
      advice: "It was changed or damaged on its way: ask the sender for it again.",
    });
  }
  return value;
}

/**
 * Reads a document from JSON: its format, version, checksum, and every field against the codec of its type. Signatures
 * are not verified; see {@link verifyDocument}.
 *
 * Errors: {@link DocumentError}, with the JSON path in `args.path`.
 *
 * @param codecs The kinds of documents to accept
 *
 * @example
 * import { createDocument, parseDocument, serializeDocument } from "@guildhall/sdk";
 * const document = createDocument(codec, { chainId: 31337n, contract, body: { words: "0x01" } });
 * const read = parseDocument(serializeDocument(codec, document), [codec]);
 * assert.deepEqual(read, document);
 */
export function parseDocument<const Codecs extends readonly DocumentCodec[]>(
  text: string,
  codecs: Codecs,
): DocumentOf<Codecs[number]> {
  const value = requireFormat(parseJson(text));
  const { type } = value;
  const codec = codecs.find((candidate) => candidate.type === type);
  if (codec === undefined) {
    const known = codecs.map((candidate) => candidate.type);
    throw new DocumentError({
      code: "DOCUMENT_UNKNOWN_TYPE",
      args: { path: "$.type", expected: known, actual: type },
      what: `$.type is ${JSON.stringify(type)}; expected here is ${known.join(" or ")}.`,
      advice: "Pass the document that belongs here.",
    });
  }
  const { chainId, contract, body, signatures } = envelopeSchema(codec).parse(value, "$");
  return { type: codec.type, chainId, contract, body, signatures } as DocumentOf<Codecs[number]>;
}
