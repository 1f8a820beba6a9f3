import {
  address,
  boolean,
  bytes32,
  choice,
  object,
  optional,
  type Schema,
  whole,
} from "../../core/documents/schema/index.js";
import { operations } from "../state/names.js";
import type { CentreAdmission, CentreRetirement } from "./CentreAdmission.js";
import type { CertificateRequest, CommitteeRequest } from "./CertificateRequest.js";

/** A request in JSON. */
export const certificateRequestSchema: Schema<CertificateRequest> = object({
  certificateId: bytes32(),
  previousRecord: bytes32(),
  operation: choice(operations),
  reason: whole(8),
  successorId: optional(bytes32()),
  centre: optional(whole(32)),
  deadline: whole(40),
});

/** A committee's request in JSON. */
export const committeeRequestSchema: Schema<CommitteeRequest> = object({
  committeeId: bytes32(),
  epoch: whole(32),
  request: certificateRequestSchema,
});

/** A centre's admission in JSON. */
export const centreAdmissionSchema: Schema<CentreAdmission> = object({
  committeeId: bytes32(),
  epoch: whole(32),
  account: address(),
  issuerKeyHash: bytes32(),
  issuerIsP256: boolean(),
  salt: bytes32(),
});

/** A centre's retirement in JSON. */
export const centreRetirementSchema: Schema<CentreRetirement> = object({
  committeeId: bytes32(),
  epoch: whole(32),
  centre: whole(32),
});
