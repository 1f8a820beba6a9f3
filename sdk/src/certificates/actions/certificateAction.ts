import type { FunctionArgs, FunctionName } from "../../core/abi/AbiTypes.js";
import { interfaceOf } from "../../core/abi/interfaceOf.js";
import type { ContractAction } from "../../core/transactions/ContractAction.js";
import { certificateLedgerAbi } from "../../generated/abis.js";
import type { CertificateEvent, CertificateEventArgs, CertificateEventName } from "../logs/certificateEvents.js";
import { parseCertificateLog } from "../logs/parseCertificateLog.js";

type LedgerAbi = typeof certificateLedgerAbi;

/** Which function of the ledger to call, and how its events tell what it did. */
export type CertificateActionParameters<Method extends FunctionName<LedgerAbi>, T> = {
  readonly contract: string;
  readonly method: Method;
  readonly args: FunctionArgs<LedgerAbi, Method>;
  /** The event that tells the result, for messages. */
  readonly event: CertificateEventName;
  /** Makes the result of the ledger's events, in their order; undefined where they do not tell it. */
  readonly read: (events: readonly CertificateEvent[]) => T | undefined;
};

/** Makes a call of CertificateLedger whose result is read from its events, in the SDK's types. */
export function certificateAction<Method extends FunctionName<LedgerAbi>, T>({
  contract,
  method,
  args,
  event,
  read,
}: CertificateActionParameters<Method, T>): ContractAction<T> {
  return {
    name: method,
    to: contract,
    data: interfaceOf(certificateLedgerAbi).encodeFunctionData(method, args as readonly unknown[]),
    event,
    read: (receipt) =>
      read(
        receipt.logs.flatMap((log) => {
          if (log.address.toLowerCase() !== contract.toLowerCase()) return [];
          const parsed = parseCertificateLog(log);
          return parsed === undefined ? [] : [parsed];
        }),
      ),
  };
}

/** The arguments of the first event of this name whose first indexed argument is `id`; whichever where there is none. */
export function argsOf<Name extends CertificateEventName>(
  events: readonly CertificateEvent[],
  name: Name,
  key: keyof CertificateEventArgs<Name>,
  id: unknown,
): CertificateEventArgs<Name> | undefined {
  for (const event of events) {
    if (event.name !== name) continue;
    const args = event.args as CertificateEventArgs<Name>;
    if (plain(args[key]) === plain(id)) return args;
  }
  return undefined;
}

function plain(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}
