import type { DocumentCodec, GuildhallDocument } from "./DocumentCodec.js";
import { envelopeSchema } from "./envelope.js";
import { envelopeOf } from "./serializeDocument.js";

/** What a document is made of. */
export type CreateDocumentParameters<Body, Entry> = {
  readonly chainId: bigint;
  readonly contract: string;
  readonly body: Body;
  /** None by default. */
  readonly signatures?: readonly Entry[];
};

/**
 * Makes a document, in the form in which it would be read: addresses with their checksum, hex in lower case.
 *
 * Errors: {@link DocumentError} where a value is out of range.
 *
 * @example
 * import { createDocument } from "@guildhall/sdk";
 * const document = createDocument(codec, { chainId: 31337n, contract, body: { words: "0xAB" } });
 * assert.equal(document.body.words, "0xab");
 */
export function createDocument<Type extends string, Body, Entry>(
  codec: DocumentCodec<Type, Body, Entry>,
  { chainId, contract, body, signatures = [] }: CreateDocumentParameters<Body, Entry>,
): GuildhallDocument<Type, Body, Entry> {
  const envelope = envelopeOf(codec, { type: codec.type, chainId, contract, body, signatures });
  const parsed = envelopeSchema(codec).parse(envelope, "$");
  return {
    type: codec.type,
    chainId: parsed.chainId,
    contract: parsed.contract,
    body: parsed.body,
    signatures: parsed.signatures,
  };
}
