import * as schema from "../../core/documents/schema/index.js";
import type { Schema } from "../../core/documents/schema/Schema.js";
import type { Application } from "../Application.js";
import { envelopeSchema, type IdentificationEnvelope } from "../identification/IdentificationEnvelope.js";
import { applicationSchema } from "../schemas.js";

/** What a centre is sent. Bytes are hex of DER. */
export type Submission = {
  readonly application: Application;
  readonly request: string;
  readonly envelope: IdentificationEnvelope;
  /** The to-be-signed part; either this or the certificate. */
  readonly tbs?: string;
  readonly certificate?: string;
};

const der = (): Schema<string> => schema.bytes({ min: 2, max: 16_384 });

/** How it travels as JSON. */
export const submissionSchema: Schema<Submission> = schema.object({
  application: applicationSchema,
  request: der(),
  envelope: envelopeSchema,
  tbs: schema.optional(der()),
  certificate: schema.optional(der()),
});
