import { ZeroAddress } from "ethers";

import { DealError } from "../DealError.js";
import type { Address } from "../../core/documents/Hex.js";
import type { Role } from "../documents/Role.js";
import type { DealFileBody } from "../file/DealFile.js";

/** The accounts of a file's parties, as far as its documents name them. */
export function partiesOf({ sale, offer, rebatePromise, buyer, deal }: DealFileBody): Partial<Record<Role, Address>> {
  const document = offer ?? rebatePromise ?? deal ?? sale;
  const third = deal?.buyer ?? buyer;
  return {
    ...(document === undefined ? {} : { merchant: document.merchant, customer: document.customer }),
    ...(third === undefined ? {} : { buyer: third }),
  };
}

/** Refuses parties that are not different accounts, or zero. Errors: {@link DealError} DEAL_PARTIES_NOT_DISTINCT. */
export function requireDistinct(body: DealFileBody): void {
  const parties = partiesOf(body);
  const accounts = Object.values(parties).map((account) => account.toLowerCase());
  if (new Set(accounts).size === accounts.length && !accounts.includes(ZeroAddress)) return;
  throw new DealError({
    code: "DEAL_PARTIES_NOT_DISTINCT",
    args: parties,
    what: `Merchant, customer and buyer are ${Object.values(parties).join(", ")}: two are the same, or one is zero.`,
    advice: "They must be three different accounts: draft the documents anew.",
  });
}

/** Refuses a file in which another account has this session's role. Errors: {@link DealError} DEAL_NOT_YOUR_ROLE, DEAL_WRONG_BUYER. */
export function requireRole(body: DealFileBody, role: Role, account: Address): void {
  const named = partiesOf(body)[role];
  if (named === undefined || named.toLowerCase() === account.toLowerCase()) return;
  throw new DealError({
    code: role === "buyer" ? "DEAL_WRONG_BUYER" : "DEAL_NOT_YOUR_ROLE",
    args: { role, expected: named, actual: account },
    what: `The documents name ${named} as the ${role}, and this session signs for ${account}.`,
    advice: `Use the session and the signer of ${named}, or ask for documents that name you.`,
  });
}
