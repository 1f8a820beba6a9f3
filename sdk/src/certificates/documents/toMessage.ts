import { ZeroHash } from "ethers";

import type { Application } from "../Application.js";
import { operations } from "../state/names.js";
import type { CertificateRequest } from "./CertificateRequest.js";

/** An application as it is hashed. */
export function applicationToMessage({ predecessorId = ZeroHash, ...application }: Application) {
  return { ...application, predecessorId };
}

/** A request as it is hashed. */
export function requestToMessage(request: CertificateRequest) {
  const { certificateId, previousRecord, operation, reason, successorId = ZeroHash, centre = 0, deadline } = request;
  return {
    ...{ certificateId, previousRecord, operation: operations.indexOf(operation), reason },
    ...{ successorId, centre, deadline },
  };
}
