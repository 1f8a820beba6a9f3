import type { Log } from "ethers";

import { interfaceOf } from "../../core/abi/interfaceOf.js";
import { toPlain } from "../../core/abi/toPlain.js";
import { certificateLedgerAbi } from "../../generated/abis.js";
import { type CertificateEvent, type CertificateEventName, certificateEventReaders } from "./certificateEvents.js";

/** What of a log is needed to read it. */
export type CertificateLog = Pick<Log, "topics" | "data" | "blockNumber" | "blockHash" | "index" | "transactionHash">;

/** Reads a log of the ledger; undefined where it is none of the events that it writes. */
export function parseCertificateLog(log: CertificateLog): CertificateEvent | undefined {
  const parsed = interfaceOf(certificateLedgerAbi).parseLog(log);
  if (parsed === null || !Object.hasOwn(certificateEventReaders, parsed.name)) return undefined;
  const name = parsed.name as CertificateEventName;
  const read = certificateEventReaders[name] as (args: unknown) => CertificateEvent["args"];
  return {
    name,
    args: read(toPlain(parsed.fragment.inputs, parsed.args)),
    blockNumber: log.blockNumber,
    blockHash: log.blockHash,
    logIndex: log.index,
    transactionHash: log.transactionHash,
  } as CertificateEvent;
}
