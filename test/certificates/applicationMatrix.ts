import { expect } from "chai";

import {
  type Counting,
  countAs,
  issueAs,
  type Issuing,
  OPERATIONS,
  type Paper,
  type Sender,
  type Situation,
  situationOf,
  STATES,
} from "../helpers/applicationStates.js";
import {
  AccountType,
  applicationIdOf,
  at,
  certificateIdOf,
  networkHelpers,
  NONE,
  refused,
  Status,
  type World,
} from "../helpers/certificates.js";
import { readMatrix } from "../helpers/matrix.js";

/**
 * What comes of each call in each state of an application, in the last second before its deadline and from then on, whoever brings
 * it: the status that follows, a certificate, or the ledger's error (`CertificateLedger...`). The committee is one of five of seven.
 * `approving` and `rejecting` lack one member for a decision; where it is `contradicted`, one of four who approve also rejects. An
 * approval that is brought at once is the committee's own word, whatever was counted before. Invariants L2 and L10.
 */
const TABLE = `
  state                                                                                  | operation                          | applicant           | centre              | stranger
  new/rejecting/contradicted/issued at once, before                                      | countResults, one approves         | OPEN                | OPEN                | OPEN
  approving/approved/issued as counted, before                                           | countResults, one approves         | APPROVED            | APPROVED            | APPROVED
  rejected, before                                                                       | countResults, one approves         | REJECTED            | REJECTED            | REJECTED
  *, from                                                                                | countResults, one approves         | TooLate             | TooLate             | TooLate
  contradicted, before                                                                   | countResults, five approve         | OPEN                | OPEN                | OPEN
  new/approving/rejecting/approved/issued as counted/issued at once, before              | countResults, five approve         | APPROVED            | APPROVED            | APPROVED
  rejected, before                                                                       | countResults, five approve         | REJECTED            | REJECTED            | REJECTED
  *, from                                                                                | countResults, five approve         | TooLate             | TooLate             | TooLate
  contradicted, before                                                                   | countResults, five approve another | OPEN                | OPEN                | OPEN
  new/approving/rejecting/approved/issued as counted/issued at once, before              | countResults, five approve another | APPROVED            | APPROVED            | APPROVED
  rejected, before                                                                       | countResults, five approve another | REJECTED            | REJECTED            | REJECTED
  *, from                                                                                | countResults, five approve another | TooLate             | TooLate             | TooLate
  new/approving/contradicted/issued at once, before                                      | countResults, one rejects          | OPEN                | OPEN                | OPEN
  approved/issued as counted, before                                                     | countResults, one rejects          | APPROVED            | APPROVED            | APPROVED
  rejecting/rejected, before                                                             | countResults, one rejects          | REJECTED            | REJECTED            | REJECTED
  *, from                                                                                | countResults, one rejects          | TooLate             | TooLate             | TooLate
  approved/issued as counted, before                                                     | countResults, three reject         | APPROVED            | APPROVED            | APPROVED
  new/approving/rejecting/contradicted/rejected/issued at once, before                   | countResults, three reject         | REJECTED            | REJECTED            | REJECTED
  *, from                                                                                | countResults, three reject         | TooLate             | TooLate             | TooLate
  *, before                                                                              | countResults, the last again       | NothingNew          | NothingNew          | NothingNew
  *, from                                                                                | countResults, the last again       | TooLate             | TooLate             | TooLate
  new/approving/rejecting/contradicted, before                                           | issue, as counted                  | NotApproved         | NotApproved         | NotApproved
  approved, before                                                                       | issue, as counted                  | issued              | issued              | issued
  rejected, before                                                                       | issue, as counted                  | ApplicationRejected | ApplicationRejected | ApplicationRejected
  issued as counted, before                                                              | issue, as counted                  | CertificateExists   | CertificateExists   | CertificateExists
  issued at once, before                                                                 | issue, as counted                  | NotApproved         | NotApproved         | NotApproved
  *, from                                                                                | issue, as counted                  | TooLate             | TooLate             | TooLate
  new/approving/rejecting/contradicted/approved/issued as counted/issued at once, before | issue, another as counted          | NotApproved         | NotApproved         | NotApproved
  rejected, before                                                                       | issue, another as counted          | ApplicationRejected | ApplicationRejected | ApplicationRejected
  *, from                                                                                | issue, another as counted          | TooLate             | TooLate             | TooLate
  new/approving/rejecting/contradicted/approved/rejected, before                         | issue, at once                     | issued              | issued              | issued
  issued as counted/issued at once, before                                               | issue, at once                     | CertificateExists   | CertificateExists   | CertificateExists
  *, from                                                                                | issue, at once                     | TooLate             | TooLate             | TooLate
  new/approving/rejecting/contradicted/approved/rejected, before                         | issue, at once by the group        | issued              | issued              | issued
  issued as counted/issued at once, before                                               | issue, at once by the group        | CertificateExists   | CertificateExists   | CertificateExists
  *, from                                                                                | issue, at once by the group        | TooLate             | TooLate             | TooLate
  new/approving/rejecting/contradicted/approved/rejected, before                         | issue, another at once             | issued              | issued              | issued
  issued as counted/issued at once, before                                               | issue, another at once             | SubjectKeyInUse     | SubjectKeyInUse     | SubjectKeyInUse
  *, from                                                                                | issue, another at once             | TooLate             | TooLate             | TooLate
  new/approving/rejecting/contradicted, before                                           | issueChecked, as counted           | NotApproved         | NotApproved         | NotApproved
  approved, before                                                                       | issueChecked, as counted           | issued              | issued              | issued
  rejected, before                                                                       | issueChecked, as counted           | ApplicationRejected | ApplicationRejected | ApplicationRejected
  issued as counted, before                                                              | issueChecked, as counted           | CertificateExists   | CertificateExists   | CertificateExists
  issued at once, before                                                                 | issueChecked, as counted           | NotApproved         | NotApproved         | NotApproved
  *, from                                                                                | issueChecked, as counted           | TooLate             | TooLate             | TooLate
  new/approving/rejecting/contradicted/approved/rejected, before                         | issueChecked, at once              | issued              | issued              | issued
  issued as counted/issued at once, before                                               | issueChecked, at once              | CertificateExists   | CertificateExists   | CertificateExists
  *, from                                                                                | issueChecked, at once              | TooLate             | TooLate             | TooLate
  new/approving/rejecting/contradicted/approved/rejected, before                         | issueChecked, at once by the group | issued              | issued              | issued
  issued as counted/issued at once, before                                               | issueChecked, at once by the group | CertificateExists   | CertificateExists   | CertificateExists
  *, from                                                                                | issueChecked, at once by the group | TooLate             | TooLate             | TooLate`;

const MOMENTS = ["before", "from"];
const MATRIX = readMatrix(TABLE, {
  states: Object.keys(STATES).flatMap((state) => MOMENTS.map((moment) => `${state}, ${moment}`)),
  operations: Object.keys(OPERATIONS),
});

/** A call that is looked at. */
type Attempt = Situation & {
  readonly state: string;
  readonly sender: Sender;
  readonly now: bigint;
  readonly expected: string;
};

const bitsOf = (signers: readonly number[]): bigint =>
  signers.reduce((bits, signer) => bits | (1n << BigInt(signer)), 0n);

/** Who approved the certificate in a state, and who rejected. */
function tallyOf(state: string): { readonly approvedBy: bigint; readonly rejectedBy: bigint } {
  const of = (approved: boolean) =>
    bitsOf(STATES[state]!.said.filter((each) => each.approved === approved).flatMap(({ signers }) => signers));
  return { approvedBy: of(true), rejectedBy: of(false) };
}

function senderOf(world: World, caller: string, isChecked: boolean): Sender {
  if (caller === "centre") return isChecked ? world.p256Account : world.centreAccount;
  return caller === "applicant" ? world.holder : world.stranger;
}

async function demandRefusal(
  { world, now, expected }: Attempt,
  sent: Promise<unknown>,
  paper: Paper,
  counting?: Counting,
  issuing?: Issuing,
) {
  const { application, contentHash } = paper;
  const applicationId = applicationIdOf(application);
  const certificateId = certificateIdOf(world.committeeId, contentHash);
  const approved = paper[issuing?.certificate ?? "result"];
  const args: Readonly<Record<string, readonly unknown[]>> = {
    TooLate: [application.deadline, now],
    NothingNew: [applicationId, bitsOf(counting?.signers ?? [])],
    NotApproved: [applicationId, approved.tbsHash, approved.contentHash],
    ApplicationRejected: [applicationId],
    CertificateExists: [certificateId],
    SubjectKeyInUse: [application.subjectKeyHash, certificateId],
  };
  await refused(world, sent, `CertificateLedger${expected}`, args[expected]!);
}

/** Counts, and demands that the ledger counts exactly this, names who contradicted himself, and decides or does not. */
async function demandCount(attempt: Attempt, { result, signers }: Counting): Promise<void> {
  const { world, plain, state, sender, expected } = attempt;
  const { ledger, committeeId } = world;
  const applicationId = applicationIdOf(plain.application);
  const sent = countAs(sender, world, plain, { result, signers });
  if (!(expected in Status)) return demandRefusal(attempt, sent, plain, { result, signers });

  const status = Status[expected as keyof typeof Status];
  const { tbsHash, contentHash, approved, reason } = result;
  const { approvedBy, rejectedBy } = tallyOf(state);
  const [same, opposite] = approved ? [approvedBy, rejectedBy] : [rejectedBy, approvedBy];
  const added = bitsOf(signers) & (result === plain.another ? ~0n : ~same);
  const counted = [applicationId, committeeId, 1, tbsHash, contentHash, approved, reason, added];
  await expect(sent)
    .to.emit(ledger, "ResultsCounted")
    .withArgs(...counted);
  const contradicted = added & opposite;
  if (contradicted === 0n) await expect(sent).not.to.emit(ledger, "ResultsContradicted");
  else {
    const args = [applicationId, committeeId, 1, contradicted];
    await expect(sent)
      .to.emit(ledger, "ResultsContradicted")
      .withArgs(...args);
  }
  if (expected === STATES[state]!.status) await expect(sent).not.to.emit(ledger, "ApplicationDecided");
  else await expect(sent).to.emit(ledger, "ApplicationDecided").withArgs(applicationId, status, 1);
  const now = same | bitsOf(signers);
  expect(await ledger.resultsOf(applicationId, 1)).to.deep.equal(approved ? [now, opposite] : [opposite, now]);
  expect(await ledger.applicationOf(applicationId)).to.equal(status);
}

/** Issues, and demands that a certificate came of it, and that what was counted stands as it was. */
async function demandIssue(attempt: Attempt, issuing: Issuing): Promise<void> {
  const { world, state, sender, expected } = attempt;
  const paper = attempt[issuing.paper];
  const { application } = paper;
  const issuedId = certificateIdOf(world.committeeId, paper.contentHash);
  const previous =
    STATES[state]!.issued === undefined ? NONE : { certificateId: issuedId, holder: application.applicant };
  const sent = issueAs(sender, attempt, issuing, previous);
  if (expected !== "issued") return demandRefusal(attempt, sent, paper, undefined, issuing);

  const contentHash = issuing.certificate === "another" ? paper.another.contentHash : paper.contentHash;
  const certificateId = certificateIdOf(world.committeeId, contentHash);
  const { applicant, centre, subjectKeyHash, notBefore, notAfter } = application;
  const applicationId = applicationIdOf(application);
  await expect(sent)
    .to.emit(world.ledger, "CertificateIssued")
    .withArgs(certificateId, applicant, centre, applicationId, contentHash, subjectKeyHash, notBefore, notAfter);
  expect((await world.ledger.certificateOf(certificateId)).accountType).to.equal(AccountType.ISSUING);
  const { approvedBy, rejectedBy } = tallyOf(state);
  expect(await world.ledger.resultsOf(applicationId, 1)).to.deep.equal([approvedBy, rejectedBy]);
  expect(await world.ledger.applicationOf(applicationId)).to.equal(Status[STATES[state]!.status]);
}

describe("CertificateLedger", () => {
  describe("the states of an application", () => {
    it("are all in the table, with every call and caller", () => {
      expect(MATRIX.strays).to.deep.equal([]);
      expect(MATRIX.cells.filter(({ expected }) => expected === undefined)).to.deep.equal([]);
      expect(MATRIX.cells).to.have.lengthOf(8 * 2 * 14 * 3);
    });

    for (const [state, { status }] of Object.entries(STATES)) {
      describe(`given one that is ${state}`, () => {
        async function fixture(): Promise<Situation> {
          return situationOf(state);
        }

        for (const cell of MATRIX.cells.filter((each) => each.state.startsWith(`${state}, `))) {
          const { operation: name, caller, expected = "" } = cell;
          const moment = cell.state.split(", ")[1]!;
          it(`${moment} its deadline: ${name} by the ${caller} gives ${expected}`, async () => {
            const situation = await networkHelpers.loadFixture(fixture);
            const { world } = situation;
            const operation = OPERATIONS[name]!;
            const isCount = typeof operation === "function";
            const { application } = situation[isCount ? "plain" : operation.paper];
            expect(await world.ledger.applicationOf(applicationIdOf(application))).to.equal(Status[status]);
            const sender = senderOf(world, caller, !isCount && operation.paper === "checked");
            const now = moment === "from" ? application.deadline : application.deadline - 1n;
            const attempt = { ...situation, state, sender, now, expected };
            await at(now);
            await (isCount ? demandCount(attempt, operation(situation, state)) : demandIssue(attempt, operation));
          });
        }
      });
    }
  });
});
