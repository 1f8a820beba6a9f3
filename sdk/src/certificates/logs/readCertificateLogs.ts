import { askNode } from "../../core/errors/askNode.js";
import { readLogs, type ReadLogsParameters } from "../../core/reads/readLogs.js";
import { unexpectedAnswer } from "../../core/reads/unexpectedAnswer.js";
import type { EventRange } from "../../core/reads/watchEvents.js";
import type { CertificateEvent } from "./certificateEvents.js";
import { type CertificateLog, parseCertificateLog } from "./parseCertificateLog.js";

/** Reads the ledger's events, in the order of the chain. Errors: those of {@link readLogs}. */
export async function readCertificateLogs(parameters: ReadLogsParameters): Promise<EventRange<CertificateEvent>> {
  const { logs, head } = await readLogs(parameters);
  // What does not decode was not written by the contract.
  const events = await askNode(() => Promise.resolve(logs).then((found) => found.map(eventIn)));
  return { events, head };
}

function eventIn(log: CertificateLog): CertificateEvent {
  const event = parseCertificateLog(log);
  if (event !== undefined) return event;
  const { blockNumber, index: logIndex } = log;
  throw unexpectedAnswer("A log that the node answered is none of the ledger's events.", { blockNumber, logIndex });
}
