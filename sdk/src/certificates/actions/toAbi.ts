import { ZeroAddress, ZeroHash } from "ethers";

import type { Application } from "../Application.js";
import type { CertificateRequest } from "../documents/CertificateRequest.js";
import { requestToMessage } from "../documents/toMessage.js";

/** A certificate and the account that holds it. */
export type CertificateHolding = { readonly certificateId: string; readonly holder: string };

/** An application as the contract takes it. */
export function applicationToAbi({ predecessorId = ZeroHash, ...application }: Application) {
  return {
    ...application,
    predecessorId,
    centre: BigInt(application.centre),
    notBefore: BigInt(application.notBefore),
    notAfter: BigInt(application.notAfter),
    deadline: BigInt(application.deadline),
  };
}

/** A request as the contract takes it. */
export function requestToAbi(request: CertificateRequest) {
  const { operation, reason, centre, deadline, ...rest } = requestToMessage(request);
  return {
    ...rest,
    operation: BigInt(operation),
    reason: BigInt(reason),
    centre: BigInt(centre),
    deadline: BigInt(deadline),
  };
}

/** The certificate that a key had before; zeros for none. */
export function previousToAbi(previous: CertificateHolding | undefined) {
  return previous ?? { certificateId: ZeroHash, holder: ZeroAddress };
}
