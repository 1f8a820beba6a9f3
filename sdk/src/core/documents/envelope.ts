import type { DocumentCodec, GuildhallDocument } from "./DocumentCodec.js";
import { address } from "./schema/address.js";
import { bytes32 } from "./schema/bytes.js";
import { choice } from "./schema/choice.js";
import { list } from "./schema/list.js";
import { object } from "./schema/object.js";
import { uint } from "./schema/uint.js";
import { wrongType } from "./schema/faults.js";
import type { Schema } from "./schema/Schema.js";

/** The name of the format. */
export const DOCUMENT_FORMAT = "guildhall-document";
/** The version that this SDK writes, and the newest that it reads. */
export const DOCUMENT_VERSION = 1;

const version: Schema<number> = {
  parse: (value, path) =>
    value === DOCUMENT_VERSION ? DOCUMENT_VERSION : wrongType(path, `${DOCUMENT_VERSION}`, value),
  format: (value) => value,
};

/** The whole JSON object of a document. */
export type Envelope<Type extends string, Body, Entry> = GuildhallDocument<Type, Body, Entry> & {
  readonly format: typeof DOCUMENT_FORMAT;
  readonly version: number;
  readonly checksum: string;
};

/** Reads and writes the whole JSON object of a document of one kind. */
export function envelopeSchema<Type extends string, Body, Entry>(
  codec: DocumentCodec<Type, Body, Entry>,
): Schema<Envelope<Type, Body, Entry>> {
  return object({
    format: choice([DOCUMENT_FORMAT]),
    version,
    type: choice([codec.type]),
    chainId: uint(256),
    contract: address(),
    body: codec.body,
    signatures: list(codec.entry, { max: codec.maxSignatures }),
    checksum: bytes32(),
  }) as unknown as Schema<Envelope<Type, Body, Entry>>;
}
