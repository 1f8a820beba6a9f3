import { toBeHex, ZeroHash } from "ethers";

import { askNode } from "../../core/errors/askNode.js";
import { unexpectedAnswer } from "../../core/reads/unexpectedAnswer.js";
import type { CertificatesAccess } from "../CertificatesAccess.js";
import { recordIdOf } from "../documents/recordIdOf.js";
import type { CertificateEvent } from "../logs/certificateEvents.js";
import { readCertificateLogs } from "../logs/readCertificateLogs.js";
import { topicsOf } from "../logs/topicsOf.js";
import { readCertificate } from "../state/readCertificate.js";
import type { CertificateHistory, IdentifiedRecord } from "./CertificateHistory.js";

/** A record may come in between the reads. */
const ATTEMPTS = 3;

/**
 * Reads a certificate's history out of the events, and holds it against the head that the ledger keeps: each record's id is made
 * anew out of what the events say, and covers the one before.
 *
 * Errors: {@link ContractRevertError} CertificateLedgerCertificateUnknown; {@link RpcError} RPC_UNEXPECTED_ANSWER where the events
 * do not come to the head: the node left some out, or changed them.
 */
export async function readHistory(access: CertificatesAccess, certificateId: string): Promise<CertificateHistory> {
  for (let attempt = 1; ; attempt += 1) {
    const { head, sequence } = await readCertificate(access, certificateId);
    const found = await replay(access, certificateId);
    const last = found.records.at(-1)?.recordId;
    if (last === head && found.records.length === sequence) {
      return { ...found, head, retirements: await readRetirements(access, found.records) };
    }
    if (attempt === ATTEMPTS) {
      throw unexpectedAnswer("The certificate's events do not come to the head that the ledger keeps.", {
        certificateId,
        expected: head,
        actual: last ?? ZeroHash,
      });
    }
  }
}

type Found = Omit<CertificateHistory, "head" | "retirements">;

async function replay({ context, address }: CertificatesAccess, certificateId: string): Promise<Found> {
  const { provider, fromBlock } = context;
  const range = { provider, address, fromBlock };
  const [transferTopic] = topicsOf(["Transfer"], undefined);
  const [told, transfers] = await Promise.all([
    readCertificateLogs({ ...range, topics: topicsOf(undefined, certificateId) }),
    readCertificateLogs({ ...range, topics: [transferTopic ?? null, null, null, certificateId] }),
  ]);
  const events = [...told.events, ...transfers.events].sort(
    (a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex,
  );
  const issued = events.find((event) => event.name === "CertificateIssued");
  if (issued === undefined) {
    throw unexpectedAnswer("The ledger knows the certificate, and the node no event of its issue.", { certificateId });
  }
  const times = await timesOf(context.provider, events);
  const records = recordsOf(events, certificateId, times);
  const successors = events.flatMap((event) =>
    event.name === "SuccessorApproved"
      ? [{ successorId: event.args.successorId, from: timeIn(times, event.blockNumber) }]
      : [],
  );
  return { ...issued.args, records, successors };
}

function recordsOf(
  events: readonly CertificateEvent[],
  certificateId: string,
  times: ReadonlyMap<number, number>,
): readonly IdentifiedRecord[] {
  const records: IdentifiedRecord[] = [];
  let requestHash = ZeroHash;
  let step: Pick<IdentifiedRecord, "operation" | "requester" | "reason"> | undefined;
  for (const { name, args, blockNumber } of events) {
    if (name === "CertificateIssued") {
      requestHash = args.applicationId;
      step = { operation: "ISSUE", requester: "COMMITTEE", reason: 0 };
    } else if (name === "RequestConsumed") {
      ({ requestHash } = args);
    } else if (name === "CertificateMoved") {
      const { operation, requester, reason } = args;
      step = { operation, requester, reason };
    } else if (name === "Transfer" && step !== undefined) {
      const record = {
        ...{ certificateId, from: args.from, to: args.to, ...step, requestHash },
        previousRecord: records.at(-1)?.recordId ?? ZeroHash,
        blockNumber,
        timestamp: timeIn(times, blockNumber),
      };
      records.push({ ...record, recordId: recordIdOf(record) });
      [requestHash, step] = [ZeroHash, undefined];
    }
  }
  return records;
}

/** When the centres that held a certificate were retired. */
async function readRetirements(
  { context: { provider, fromBlock }, address }: CertificatesAccess,
  records: readonly IdentifiedRecord[],
): Promise<CertificateHistory["retirements"]> {
  const centres = [...new Set(records.map(({ to }) => Math.floor(to / 256)))];
  const [topic] = topicsOf(["CentreRetired"], undefined);
  const topics = [topic ?? null, centres.map((centre) => toBeHex(centre, 32))];
  const { events } = await readCertificateLogs({ provider, address, fromBlock, topics });
  const times = await timesOf(provider, events);
  return events.flatMap(({ name, args, blockNumber }) =>
    name === "CentreRetired" ? [{ centre: args.centre, from: timeIn(times, blockNumber) }] : [],
  );
}

/** The times of the events' blocks. */
async function timesOf(
  provider: CertificatesAccess["context"]["provider"],
  events: readonly CertificateEvent[],
): Promise<ReadonlyMap<number, number>> {
  const numbers = [...new Set(events.map(({ blockNumber }) => blockNumber))];
  const blocks = await Promise.all(numbers.map(async (number) => askNode(async () => provider.getBlock(number))));
  return new Map(blocks.flatMap((block) => (block === null ? [] : [[block.number, block.timestamp] as const])));
}

function timeIn(times: ReadonlyMap<number, number>, blockNumber: number): number {
  const time = times.get(blockNumber);
  if (time !== undefined) return time;
  throw unexpectedAnswer(`The node does not know block ${blockNumber}.`, { blockNumber });
}
