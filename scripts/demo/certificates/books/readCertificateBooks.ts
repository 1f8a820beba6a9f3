import {
  certificateIdOf,
  type Guildhall,
  GuildhallError,
  type IssuedCertificate,
  verdictAt,
} from "../../../../sdk/src/index.js";
import type { CertificateEntry } from "./CertificateEntry.js";
import { type ExpectedCertificate, expectedApplications } from "./expectedCertificates.js";

/** Whose books to read. */
export type ReadCertificateBooksParameters = {
  readonly committeeId: string;
  /** Addresses by party. */
  readonly accounts: ReadonlyMap<string, string>;
  readonly expected: readonly ExpectedCertificate[];
  /** How many of the applications whose results were counted must stand where. */
  readonly applications?: Readonly<Record<keyof typeof expectedApplications, number>>;
};

/** Reads from the chain what became of a committee's certificates and applications, by the ledger's word and by history. */
export async function readCertificateBooks(
  hall: Guildhall,
  parameters: ReadCertificateBooksParameters,
): Promise<readonly CertificateEntry[]> {
  const { committeeId, accounts, expected, applications = expectedApplications } = parameters;
  const issued = await issuedUnder(hall, committeeId);
  const left = [...issued];
  const entries: CertificateEntry[] = [];
  for (const certificate of expected) {
    const account = accounts.get(certificate.holder);
    const place = left.findIndex(({ holder }) => holder === account);
    const [found] = place < 0 ? [] : left.splice(place, 1);
    const number = expected
      .slice(0, expected.indexOf(certificate) + 1)
      .filter((each) => each.holder === certificate.holder).length;
    entries.push(...(await entriesOf(hall, `${certificate.holder}, certificate ${number}`, certificate, found)));
  }
  const stand = await applicationsUnder(hall, committeeId);
  const tell = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([status, count]) => `${count} ${status}`)
      .join(", ");
  return [
    ...entries,
    { what: "certificates issued", actual: String(issued.length), expected: String(expected.length) },
    { what: "applications counted", actual: tell(stand), expected: tell(applications) },
  ];
}

async function issuedUnder({ certificates }: Guildhall, committeeId: string): Promise<readonly IssuedCertificate[]> {
  const events = await certificates.events({ names: ["CertificateIssued"] });
  // The id shows the committee: others may issue on the same ledger.
  return events.flatMap(({ name, args }) =>
    name === "CertificateIssued" &&
    args.certificateId === certificateIdOf({ committeeId, contentHash: args.contentHash })
      ? [args]
      : [],
  );
}

async function applicationsUnder(
  { certificates }: Guildhall,
  committeeId: string,
): Promise<Record<keyof typeof expectedApplications, number>> {
  const events = await certificates.events({ names: ["ResultsCounted"] });
  const ids = events.flatMap(({ name, args }) =>
    name === "ResultsCounted" && args.committeeId === committeeId ? [args.applicationId] : [],
  );
  const counts = { APPROVED: 0, REJECTED: 0, OPEN: 0 };
  for (const id of new Set(ids)) counts[await certificates.applicationOf(id)] += 1;
  return counts;
}

async function entriesOf(
  { certificates, context }: Guildhall,
  what: string,
  { verdict, operations }: ExpectedCertificate,
  found: IssuedCertificate | undefined,
): Promise<readonly CertificateEntry[]> {
  const expected = {
    ledger: `${verdict}, ${tellRecords(operations.length)}`,
    history: `${verdict} by ${operations.join(", ")}`,
  };
  const actual = { ledger: "none", history: "none" };
  if (found !== undefined) {
    const { certificateId, contentHash } = found;
    const [said, { sequence }] = await Promise.all([
      certificates.verdictOf(certificateId, contentHash),
      certificates.certificateOf(certificateId),
    ]);
    actual.ledger = `${said.verdict}, ${tellRecords(sequence)}`;
    actual.history = await toldByHistory();
  }
  return [
    { what: `${what}, by the ledger`, actual: actual.ledger, expected: expected.ledger },
    { what: `${what}, by its history`, actual: actual.history, expected: expected.history },
  ];

  /** Each record's id is made anew out of the events, up to the head that the ledger keeps. */
  async function toldByHistory(): Promise<string> {
    try {
      const history = await certificates.history(found?.certificateId ?? "");
      const now = verdictAt(history, Number(await context.clock()));
      return `${now} by ${history.records.map(({ operation }) => operation).join(", ")}`;
    } catch (error) {
      if (error instanceof GuildhallError) return error.message;
      throw error;
    }
  }
}

function tellRecords(count: number): string {
  return count === 1 ? "1 record" : `${count} records`;
}
