import { MAX_MEMBERS } from "../../committee/defaultThreshold.js";
import * as schema from "../../core/documents/schema/index.js";
import type { Schema } from "../../core/documents/schema/Schema.js";
import type { Application } from "../Application.js";
import type { EnvelopeHash } from "../identification/envelopeHash.js";
import { envelopeSchema, type IdentificationEnvelope } from "../identification/IdentificationEnvelope.js";
import { applicationSchema } from "../schemas.js";

/** What a centre is sent. Bytes are hex of DER. */
export type Submission = {
  readonly application: Application;
  readonly request: string;
  readonly envelope: IdentificationEnvelope;
  /** What the applicant signed of the envelopes of all centres. */
  readonly envelopes: readonly EnvelopeHash[];
  /** The applicant's, over `submissionTypedData`. */
  readonly signature: string;
  /** The to-be-signed part; either this or the certificate. */
  readonly tbs?: string;
  readonly certificate?: string;
};

const MAX_SIGNATURE_BYTES = 24_576;

const der = (): Schema<string> => schema.bytes({ min: 2, max: 16_384 });

/** How it travels as JSON. */
export const submissionSchema: Schema<Submission> = schema.object({
  application: applicationSchema,
  request: der(),
  envelope: envelopeSchema,
  envelopes: schema.list(schema.object({ centre: schema.whole(32), hash: schema.bytes32() }), { max: MAX_MEMBERS }),
  signature: schema.bytes({ min: 1, max: MAX_SIGNATURE_BYTES }),
  tbs: schema.optional(der()),
  certificate: schema.optional(der()),
});
