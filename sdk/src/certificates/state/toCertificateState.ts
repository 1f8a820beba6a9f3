import { memberOf } from "../../core/abi/memberOf.js";
import type { CertificateState } from "./CertificateState.js";
import { accountTypes, requesters } from "./names.js";

/** What the contract answers of a certificate. */
export type AbiCertificateState = {
  readonly account: bigint;
  readonly centre: bigint;
  readonly accountType: bigint;
  readonly sequence: bigint;
  readonly notBefore: bigint;
  readonly notAfter: bigint;
  readonly movedAt: bigint;
  readonly freezeEnds: bigint;
  readonly reason: bigint;
  readonly frozenBy: bigint;
  readonly head: string;
};

/** `freezeEnds` of a freeze that does not end by itself. */
export const NEVER = 2 ** 40 - 1;

/** A certificate's state in the SDK's types. Errors: {@link RpcError} for a number that is no member of its enum. */
export function toCertificateState(certificateId: string, state: AbiCertificateState): CertificateState {
  const freezeEnds = Number(state.freezeEnds);
  return {
    certificateId,
    account: Number(state.account),
    centre: Number(state.centre),
    accountType: memberOf(accountTypes, state.accountType),
    sequence: Number(state.sequence),
    notBefore: Number(state.notBefore),
    notAfter: Number(state.notAfter),
    movedAt: Number(state.movedAt),
    freezeEnds: freezeEnds === 0 || freezeEnds === NEVER ? undefined : freezeEnds,
    reason: Number(state.reason),
    frozenBy: memberOf(requesters, state.frozenBy),
    head: state.head,
  };
}
