import type { CertificateState } from "./CertificateState.js";
import { CENTRE_FREEZE } from "./centreFreeze.js";
import type { AccountType, Operation, Requester } from "./names.js";

/** An operation that someone is about to ask for. */
export type Move = {
  readonly operation: Operation;
  readonly requester: Requester;
  /** Unix seconds at which it would be made. */
  readonly now: number;
};

/**
 * The type of the account to which an operation leads, by the ledger's table; undefined where there is no such arrow, or not now,
 * or not for this requester. Pure.
 *
 * @example
 * import { moveTarget } from "@guildhall/sdk";
 * const state = { accountType: "ISSUING", notAfter: 2_000, frozenBy: "ANYONE", freezeEnds: undefined } as const;
 * assert.equal(moveTarget(state, { operation: "FREEZE", requester: "CENTRE", now: 2_000 }), "FREEZING");
 * assert.equal(moveTarget(state, { operation: "FREEZE", requester: "CENTRE", now: 2_001 }), undefined);
 */
export function moveTarget(
  {
    accountType,
    notAfter,
    frozenBy,
    freezeEnds,
  }: Pick<CertificateState, "accountType" | "notAfter" | "frozenBy" | "freezeEnds">,
  { operation, requester, now }: Move,
): AccountType | undefined {
  if (accountType !== "ISSUING" && accountType !== "FREEZING") return undefined;
  const expired = now > notAfter;
  const named = requester !== "ANYONE";
  const committee = requester === "COMMITTEE";
  if (operation === "REVOKE") return named ? "REVOCATION" : undefined;
  if (operation === "EXPIRE") return expired ? "EXPIRY" : undefined;
  if (expired) return undefined;
  if (accountType === "ISSUING") {
    // What a centre froze it may freeze again only once as long has passed as the freeze took.
    const mayFreeze = requester !== "CENTRE" || freezeEnds === undefined || now >= freezeEnds + CENTRE_FREEZE;
    if (operation === "FREEZE") return named && mayFreeze ? "FREEZING" : undefined;
    if (operation === "UPDATE") return named ? "RETIRED" : undefined;
    return operation === "REHOME" && committee ? "ISSUING" : undefined;
  }
  if (operation === "UNFREEZE") {
    const over = freezeEnds !== undefined && now >= freezeEnds;
    return committee || over || (named && requester === frozenBy) ? "ISSUING" : undefined;
  }
  return operation === "CONFIRM_FREEZE" && committee ? "FREEZING" : undefined;
}
