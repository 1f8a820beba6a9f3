import * as schema from "../core/documents/schema/index.js";
import type { Schema } from "../core/documents/schema/Schema.js";
import type { Application } from "./Application.js";
import type { CertificationResult, SignedResult } from "./CertificationResult.js";

const time = (): Schema<number> => schema.whole(40);

/** How an application travels as JSON. */
export const applicationSchema: Schema<Application> = schema.object({
  committeeId: schema.bytes32(),
  centre: schema.whole(32),
  applicant: schema.address(),
  subjectKeyHash: schema.bytes32(),
  identityHash: schema.bytes32(),
  possessionHash: schema.bytes32(),
  predecessorId: schema.optional(schema.bytes32()),
  notBefore: time(),
  notAfter: time(),
  deadline: time(),
});

/** How a result travels as JSON. */
export const resultSchema: Schema<CertificationResult> = schema.object({
  committeeId: schema.bytes32(),
  epoch: schema.whole(32),
  applicationId: schema.bytes32(),
  tbsHash: schema.bytes32(),
  contentHash: schema.bytes32(),
  approved: schema.boolean(),
  reason: schema.whole(8),
});

/** How a centre's answer travels as JSON. */
export const signedResultSchema: Schema<SignedResult> = schema.object({
  result: resultSchema,
  signature: schema.bytes({ min: 1, max: 65_535 }),
});
