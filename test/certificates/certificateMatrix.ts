import { expect } from "chai";

import { moveTarget } from "../../sdk/src/index.js";
import { toCertificateState } from "../../sdk/src/certificates/state/toCertificateState.js";
import {
  AccountType,
  ANY,
  asCentre,
  asCommittee,
  asHolder,
  CENTRE,
  CENTRE_FREEZE,
  DAY,
  goTo,
  type Issued,
  issued,
  loadWorld,
  now,
  Operation,
  OTHER_CENTRE,
  Requester,
  requestOf,
  retireCentre,
  type World,
} from "../helpers/certificates.js";
import { readMatrix } from "../helpers/matrix.js";

/**
 * What comes of each operation in each state of a certificate, by who asks: the account's type that follows, or "-" where the
 * ledger says that there is no such arrow. A certificate is frozen by the holder, the centre or the committee; "freeze over"
 * is a centre's that ended by itself, "waiting" a valid one whose centre froze it lately. Anyone has the two calls that need
 * no request, and no other way to ask: "n/a". Once its centre is retired the centre can ask for nothing; all others have what they
 * had. Invariants L3 and L5.
 */
const TABLE = `
  state                | operation      | holder     | centre     | committee  | anyone
  valid                | ISSUE          | -          | -          | -          | n/a
  valid                | FREEZE         | FREEZING   | FREEZING   | FREEZING   | n/a
  valid                | CONFIRM_FREEZE | -          | -          | -          | n/a
  valid                | UNFREEZE       | -          | -          | -          | -
  valid                | REVOKE         | REVOCATION | REVOCATION | REVOCATION | n/a
  valid                | UPDATE         | RETIRED    | RETIRED    | RETIRED    | n/a
  valid                | EXPIRE         | -          | -          | -          | -
  valid                | REHOME         | -          | -          | ISSUING    | n/a
  waiting              | ISSUE          | -          | -          | -          | n/a
  waiting              | FREEZE         | FREEZING   | -          | FREEZING   | n/a
  waiting              | CONFIRM_FREEZE | -          | -          | -          | n/a
  waiting              | UNFREEZE       | -          | -          | -          | -
  waiting              | REVOKE         | REVOCATION | REVOCATION | REVOCATION | n/a
  waiting              | UPDATE         | RETIRED    | RETIRED    | RETIRED    | n/a
  waiting              | EXPIRE         | -          | -          | -          | -
  waiting              | REHOME         | -          | -          | ISSUING    | n/a
  valid, over          | ISSUE          | -          | -          | -          | n/a
  valid, over          | FREEZE         | -          | -          | -          | n/a
  valid, over          | CONFIRM_FREEZE | -          | -          | -          | n/a
  valid, over          | UNFREEZE       | -          | -          | -          | -
  valid, over          | REVOKE         | REVOCATION | REVOCATION | REVOCATION | n/a
  valid, over          | UPDATE         | -          | -          | -          | n/a
  valid, over          | EXPIRE         | EXPIRY     | EXPIRY     | EXPIRY     | EXPIRY
  valid, over          | REHOME         | -          | -          | -          | n/a
  frozen by holder     | ISSUE          | -          | -          | -          | n/a
  frozen by holder     | FREEZE         | -          | -          | -          | n/a
  frozen by holder     | CONFIRM_FREEZE | -          | -          | FREEZING   | n/a
  frozen by holder     | UNFREEZE       | ISSUING    | -          | ISSUING    | -
  frozen by holder     | REVOKE         | REVOCATION | REVOCATION | REVOCATION | n/a
  frozen by holder     | UPDATE         | -          | -          | -          | n/a
  frozen by holder     | EXPIRE         | -          | -          | -          | -
  frozen by holder     | REHOME         | -          | -          | -          | n/a
  frozen by centre     | ISSUE          | -          | -          | -          | n/a
  frozen by centre     | FREEZE         | -          | -          | -          | n/a
  frozen by centre     | CONFIRM_FREEZE | -          | -          | FREEZING   | n/a
  frozen by centre     | UNFREEZE       | -          | ISSUING    | ISSUING    | -
  frozen by centre     | REVOKE         | REVOCATION | REVOCATION | REVOCATION | n/a
  frozen by centre     | UPDATE         | -          | -          | -          | n/a
  frozen by centre     | EXPIRE         | -          | -          | -          | -
  frozen by centre     | REHOME         | -          | -          | -          | n/a
  frozen by committee  | ISSUE          | -          | -          | -          | n/a
  frozen by committee  | FREEZE         | -          | -          | -          | n/a
  frozen by committee  | CONFIRM_FREEZE | -          | -          | FREEZING   | n/a
  frozen by committee  | UNFREEZE       | -          | -          | ISSUING    | -
  frozen by committee  | REVOKE         | REVOCATION | REVOCATION | REVOCATION | n/a
  frozen by committee  | UPDATE         | -          | -          | -          | n/a
  frozen by committee  | EXPIRE         | -          | -          | -          | -
  frozen by committee  | REHOME         | -          | -          | -          | n/a
  freeze confirmed     | ISSUE          | -          | -          | -          | n/a
  freeze confirmed     | FREEZE         | -          | -          | -          | n/a
  freeze confirmed     | CONFIRM_FREEZE | -          | -          | FREEZING   | n/a
  freeze confirmed     | UNFREEZE       | -          | -          | ISSUING    | -
  freeze confirmed     | REVOKE         | REVOCATION | REVOCATION | REVOCATION | n/a
  freeze confirmed     | UPDATE         | -          | -          | -          | n/a
  freeze confirmed     | EXPIRE         | -          | -          | -          | -
  freeze confirmed     | REHOME         | -          | -          | -          | n/a
  freeze over          | ISSUE          | -          | -          | -          | n/a
  freeze over          | FREEZE         | -          | -          | -          | n/a
  freeze over          | CONFIRM_FREEZE | -          | -          | FREEZING   | n/a
  freeze over          | UNFREEZE       | ISSUING    | ISSUING    | ISSUING    | ISSUING
  freeze over          | REVOKE         | REVOCATION | REVOCATION | REVOCATION | n/a
  freeze over          | UPDATE         | -          | -          | -          | n/a
  freeze over          | EXPIRE         | -          | -          | -          | -
  freeze over          | REHOME         | -          | -          | -          | n/a
  frozen, over         | ISSUE          | -          | -          | -          | n/a
  frozen, over         | FREEZE         | -          | -          | -          | n/a
  frozen, over         | CONFIRM_FREEZE | -          | -          | -          | n/a
  frozen, over         | UNFREEZE       | -          | -          | -          | -
  frozen, over         | REVOKE         | REVOCATION | REVOCATION | REVOCATION | n/a
  frozen, over         | UPDATE         | -          | -          | -          | n/a
  frozen, over         | EXPIRE         | EXPIRY     | EXPIRY     | EXPIRY     | EXPIRY
  frozen, over         | REHOME         | -          | -          | -          | n/a
  revoked              | ISSUE          | -          | -          | -          | n/a
  revoked              | FREEZE         | -          | -          | -          | n/a
  revoked              | CONFIRM_FREEZE | -          | -          | -          | n/a
  revoked              | UNFREEZE       | -          | -          | -          | -
  revoked              | REVOKE         | -          | -          | -          | n/a
  revoked              | UPDATE         | -          | -          | -          | n/a
  revoked              | EXPIRE         | -          | -          | -          | -
  revoked              | REHOME         | -          | -          | -          | n/a
  retired              | ISSUE          | -          | -          | -          | n/a
  retired              | FREEZE         | -          | -          | -          | n/a
  retired              | CONFIRM_FREEZE | -          | -          | -          | n/a
  retired              | UNFREEZE       | -          | -          | -          | -
  retired              | REVOKE         | -          | -          | -          | n/a
  retired              | UPDATE         | -          | -          | -          | n/a
  retired              | EXPIRE         | -          | -          | -          | -
  retired              | REHOME         | -          | -          | -          | n/a
  retired, over        | ISSUE          | -          | -          | -          | n/a
  retired, over        | FREEZE         | -          | -          | -          | n/a
  retired, over        | CONFIRM_FREEZE | -          | -          | -          | n/a
  retired, over        | UNFREEZE       | -          | -          | -          | -
  retired, over        | REVOKE         | -          | -          | -          | n/a
  retired, over        | UPDATE         | -          | -          | -          | n/a
  retired, over        | EXPIRE         | -          | -          | -          | -
  retired, over        | REHOME         | -          | -          | -          | n/a
  expired              | ISSUE          | -          | -          | -          | n/a
  expired              | FREEZE         | -          | -          | -          | n/a
  expired              | CONFIRM_FREEZE | -          | -          | -          | n/a
  expired              | UNFREEZE       | -          | -          | -          | -
  expired              | REVOKE         | -          | -          | -          | n/a
  expired              | UPDATE         | -          | -          | -          | n/a
  expired              | EXPIRE         | -          | -          | -          | -
  expired              | REHOME         | -          | -          | -          | n/a`;

/** A certificate, and the successor that the committee approved for it, which outlives it. */
type Situation = { readonly world: World; readonly certificate: Issued; readonly successorId: string };

/** Whether the centre that keeps it may still act. */
const CENTRE_STATES = ["active", "retired"] as const;
type CentreState = (typeof CENTRE_STATES)[number];

type OperationName = keyof typeof Operation;
type Caller = "anyone" | "centre" | "committee" | "holder";

/** How each state is reached, and the account's type in it. */
const STATES: Readonly<
  Record<string, readonly [keyof typeof AccountType, (situation: Situation) => Promise<unknown>]>
> = {
  valid: ["ISSUING", () => Promise.resolve()],
  waiting: [
    "ISSUING",
    async (situation) => {
      await ask(situation, "centre", "FREEZE");
      await ask(situation, "centre", "UNFREEZE");
    },
  ],
  "valid, over": ["ISSUING", over],
  "frozen by holder": ["FREEZING", async (situation) => ask(situation, "holder", "FREEZE")],
  "frozen by centre": ["FREEZING", async (situation) => ask(situation, "centre", "FREEZE")],
  "frozen by committee": ["FREEZING", async (situation) => ask(situation, "committee", "FREEZE")],
  "freeze confirmed": [
    "FREEZING",
    async (situation) => {
      await ask(situation, "centre", "FREEZE");
      await ask(situation, "committee", "CONFIRM_FREEZE");
    },
  ],
  "freeze over": [
    "FREEZING",
    async (situation) => {
      await ask(situation, "centre", "FREEZE");
      await goTo((await now()) + CENTRE_FREEZE);
    },
  ],
  "frozen, over": [
    "FREEZING",
    async (situation) => {
      await ask(situation, "centre", "FREEZE");
      await over(situation);
    },
  ],
  revoked: ["REVOCATION", async (situation) => ask(situation, "committee", "REVOKE")],
  retired: ["RETIRED", async (situation) => ask(situation, "holder", "UPDATE")],
  "retired, over": [
    "RETIRED",
    async (situation) => {
      await ask(situation, "holder", "UPDATE");
      await over(situation);
    },
  ],
  expired: [
    "EXPIRY",
    async (situation) => {
      await over(situation);
      await ask(situation, "anyone", "EXPIRE");
    },
  ],
};

const MATRIX = readMatrix(TABLE, { states: Object.keys(STATES), operations: Object.keys(Operation) });

async function over({ certificate }: Situation): Promise<void> {
  await goTo(certificate.application.notAfter + 1n);
}

/** Brings an operation as the caller does; undefined where the caller has no way to ask. */
async function ask({ world, certificate, successorId }: Situation, caller: Caller, operation: OperationName) {
  const { certificateId } = certificate;
  const request = await requestOf(world, certificateId, Operation[operation], {
    ...(operation === "UPDATE" ? { successorId } : {}),
    ...(operation === "REHOME" ? { centre: BigInt(OTHER_CENTRE) } : {}),
  });
  if (caller === "holder") return asHolder(world, certificate, request);
  if (caller === "centre") return asCentre(world, request);
  if (caller === "committee") return asCommittee(world, request);
  const ledger = world.ledger.connect(world.stranger);
  if (operation === "EXPIRE") return ledger.expire(certificateId);
  return operation === "UNFREEZE" ? ledger.endFreeze(certificateId) : undefined;
}

const REQUESTERS = {
  anyone: Requester.ANYONE,
  holder: Requester.HOLDER,
  centre: Requester.CENTRE,
  committee: Requester.COMMITTEE,
};

const sdkRequester = (caller: string): keyof typeof Requester => caller.toUpperCase() as keyof typeof Requester;

describe("CertificateLedger", () => {
  describe("the accounts of a certificate", () => {
    async function situationOf(state: string, centre: CentreState): Promise<Situation> {
      const world = await loadWorld();
      const certificate = await issued(world, { notAfter: (await now()) + 30n * DAY });
      const { certificateId: predecessorId } = certificate;
      const { certificateId: successorId } = await issued(world, { predecessorId });
      const situation = { world, certificate, successorId };
      await STATES[state]![1](situation);
      if (centre === "retired") await retireCentre(world, CENTRE);
      return situation;
    }

    it("are all in the table, with every operation and requester", () => {
      expect(MATRIX.strays).to.deep.equal([]);
      expect(MATRIX.cells.filter(({ expected }) => expected === undefined)).to.deep.equal([]);
      expect(MATRIX.cells).to.have.lengthOf(13 * 8 * 4);
    });

    const cases = Object.keys(STATES).flatMap((state) => CENTRE_STATES.map((centre) => [state, centre] as const));
    for (const [state, centre] of cases) {
      describe(`given a certificate that is ${state}, and a centre that is ${centre}`, () => {
        for (const each of MATRIX.cells.filter((cell) => cell.state === state && cell.expected !== "n/a")) {
          const { operation, caller, expected } = each;
          const gone = centre === "retired" && caller === "centre";
          it(`${operation} by ${caller} gives ${gone ? "CentreIsRetired" : expected}`, async () => {
            const situation = await situationOf(state, centre);
            const { world, certificate } = situation;
            const { certificateId } = certificate;
            const before = await world.ledger.certificateOf(certificateId);
            const [type] = STATES[state]!;
            expect(before.accountType).to.equal(AccountType[type]);
            const moment = {
              operation: operation as OperationName,
              requester: sdkRequester(caller),
              now: Number(await now()),
            };
            const told = moveTarget(toCertificateState(certificateId, before), moment);
            expect(told ?? "-", "what the SDK says").to.equal(expected);
            const attempt = ask(situation, caller as Caller, operation as OperationName);
            if (gone || expected === "-") {
              const requester = REQUESTERS[caller as Caller];
              const args = [certificateId, AccountType[type], Operation[operation as OperationName], requester, ANY];
              await expect(attempt)
                .to.be.revertedWithCustomError(
                  world.ledger,
                  `CertificateLedger${gone ? "CentreIsRetired" : "NotAllowed"}`,
                )
                .withArgs(...(gone ? [CENTRE] : args));
              expect(await world.ledger.certificateOf(certificateId)).to.deep.equal(before);
            } else {
              await attempt;
              const after = await world.ledger.certificateOf(certificateId);
              expect(after.accountType).to.equal(AccountType[expected as keyof typeof AccountType]);
              expect(after.sequence).to.equal(before.sequence + 1n);
              expect(after.centre === before.centre).to.equal(operation !== "REHOME");
            }
          });
        }

        it("gives anyone no other way to ask than by EXPIRE and UNFREEZE", async () => {
          const situation = await situationOf(state, centre);
          const none = MATRIX.cells.filter((cell) => cell.state === state && cell.expected === "n/a");
          expect(none.map(({ caller }) => caller)).to.deep.equal(Array(6).fill("anyone"));
          for (const { operation } of none) {
            expect(await ask(situation, "anyone", operation as OperationName)).to.equal(undefined);
          }
        });
      });
    }
  });
});
