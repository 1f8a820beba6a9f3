import * as schema from "../../core/documents/schema/index.js";
import type { Schema } from "../../core/documents/schema/Schema.js";

/** An identification that only one centre can open: HPKE (RFC 9180) by X25519, HKDF-SHA256 and AES-128-GCM. */
export type IdentificationEnvelope = {
  readonly centre: number;
  /** The application's identity hash, which the seal covers. */
  readonly identityHash: string;
  /** The encapsulated key, 32 bytes as hex. */
  readonly encapsulated: string;
  readonly sealed: string;
};

/** What an identification may weigh, sealed. */
export const MAX_SEALED_BYTES = 32_768;

/** How an envelope travels as JSON. */
export const envelopeSchema: Schema<IdentificationEnvelope> = schema.object({
  centre: schema.whole(32),
  identityHash: schema.bytes32(),
  encapsulated: schema.bytes({ min: 32, max: 32 }),
  sealed: schema.bytes({ min: 17, max: MAX_SEALED_BYTES }),
});
