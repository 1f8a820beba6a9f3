import type { FunctionName } from "../../core/abi/AbiTypes.js";
import type { ContractAction } from "../../core/transactions/ContractAction.js";
import { createEventsAction, type EventsActionParameters } from "../../core/transactions/createEventsAction.js";
import { certificateLedgerAbi } from "../../generated/abis.js";
import type { CertificateEvent, CertificateEventName } from "../logs/certificateEvents.js";
import { parseCertificateLog } from "../logs/parseCertificateLog.js";

type LedgerAbi = typeof certificateLedgerAbi;

/** Which function of the contract to call, and how its events tell what it did. */
export type CertificateActionParameters<Method extends FunctionName<LedgerAbi>, T> = Omit<
  EventsActionParameters<LedgerAbi, Method, CertificateEvent, T>,
  "abi" | "parse"
> & { readonly event: CertificateEventName };

/** Makes a call of CertificateLedger whose result is read from its events, in the SDK's types. */
export function certificateAction<Method extends FunctionName<LedgerAbi>, T>(
  parameters: CertificateActionParameters<Method, T>,
): ContractAction<T> {
  return createEventsAction({ ...parameters, abi: certificateLedgerAbi, parse: parseCertificateLog });
}
