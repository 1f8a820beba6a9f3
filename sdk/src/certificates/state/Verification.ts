import { ZeroHash } from "ethers";

import { memberOf } from "../../core/abi/memberOf.js";
import { type CertificateVerdict, certificateVerdicts } from "./names.js";

/** What the ledger says of a certificate now. */
export type Verification = {
  readonly verdict: CertificateVerdict;
  /** A CRLReason, of the last record. */
  readonly reason: number;
  /** When the last record was made, Unix seconds; 0 where it is UNKNOWN. */
  readonly since: number;
  /** Where it is SUPERSEDED. */
  readonly successorId: string | undefined;
};

/** What the contract answers of a certificate's worth. */
export type AbiVerification = {
  readonly verdict: bigint;
  readonly reason: bigint;
  readonly since: bigint;
  readonly successorId: string;
};

/** A verification in the SDK's types. Errors: {@link RpcError} for a number that is no verdict. */
export function toVerification({ verdict, reason, since, successorId }: AbiVerification): Verification {
  return {
    verdict: memberOf(certificateVerdicts, verdict),
    reason: Number(reason),
    since: Number(since),
    successorId: successorId === ZeroHash ? undefined : successorId,
  };
}
