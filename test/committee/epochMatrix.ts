import { anyValue } from "@nomicfoundation/hardhat-ethers-chai-matchers/withArgs";
import { expect } from "chai";
import type { Wallet } from "ethers";

import { approvalOfKeys, committeeDigest, memberKeys, OPEN, rotationDigest } from "../helpers/committee.js";
import { frostApproval, signWithFrostGroup } from "../helpers/frost.js";
import { readMatrix } from "../helpers/matrix.js";
import { seededBytes } from "../helpers/random.js";
import type { Fixture } from "./fixture.js";
import {
  configOf,
  confirmationDigest,
  createCommittee,
  deployRegistry,
  DIGEST,
  mineAt,
  networkHelpers,
} from "./fixture.js";

/**
 * What comes of each call in each state of an epoch, by who brings it: the admin and a stranger with an empty approval, or a
 * stranger with the approval of the committee (the members of its current epoch) or of the epoch's own members. The answer is
 * the state that follows, or the error that leaves it as it is. `rotate` is of the committee, all else of the epoch.
 * Invariants C5 and C9.
 */
const TABLE = `
  state                    | operation            | admin                             | committee                         | own members                       | stranger
  never                    | rotate with grace    | open                              | open                              | CommitteeWrongSignature           | CommitteeNotAdmin
  never                    | rotate at once       | open                              | open                              | CommitteeWrongSignature           | CommitteeNotAdmin
  never                    | retire               | CommitteeUnknownEpoch             | CommitteeUnknownEpoch             | CommitteeUnknownEpoch             | CommitteeUnknownEpoch
  never                    | confirmGroupKey      | CommitteeUnknownEpoch             | CommitteeUnknownEpoch             | CommitteeUnknownEpoch             | CommitteeUnknownEpoch
  never                    | approve              | CommitteeUnknownEpoch             | CommitteeUnknownEpoch             | CommitteeUnknownEpoch             | CommitteeUnknownEpoch
  never                    | approve by group key | CommitteeUnknownEpoch             | CommitteeUnknownEpoch             | CommitteeUnknownEpoch             | CommitteeUnknownEpoch
  open                     | rotate with grace    | in grace                          | in grace                          | in grace                          | CommitteeNotAdmin
  open                     | rotate at once       | over                              | over                              | over                              | CommitteeNotAdmin
  open                     | retire               | over                              | over                              | over                              | CommitteeNotAdmin
  open                     | confirmGroupKey      | CommitteeMalformedApproval        | open, key                         | open, key                         | CommitteeMalformedApproval
  open                     | approve              | CommitteeMalformedApproval        | open                              | open                              | CommitteeMalformedApproval
  open                     | approve by group key | CommitteeGroupKeyUnconfirmed      | CommitteeGroupKeyUnconfirmed      | CommitteeGroupKeyUnconfirmed      | CommitteeGroupKeyUnconfirmed
  open, key                | rotate with grace    | in grace, key                     | in grace, key                     | in grace, key                     | CommitteeNotAdmin
  open, key                | rotate at once       | over, key                         | over, key                         | over, key                         | CommitteeNotAdmin
  open, key                | retire               | over, key                         | over, key                         | over, key                         | CommitteeNotAdmin
  open, key                | confirmGroupKey      | CommitteeGroupKeyAlreadyConfirmed | CommitteeGroupKeyAlreadyConfirmed | CommitteeGroupKeyAlreadyConfirmed | CommitteeGroupKeyAlreadyConfirmed
  open, key                | approve              | CommitteeMalformedApproval        | open, key                         | open, key                         | CommitteeMalformedApproval
  open, key                | approve by group key | open, key                         | open, key                         | open, key                         | open, key
  open, attributable       | rotate with grace    | in grace                          | in grace                          | in grace                          | CommitteeNotAdmin
  open, attributable       | rotate at once       | over                              | over                              | over                              | CommitteeNotAdmin
  open, attributable       | retire               | over                              | over                              | over                              | CommitteeNotAdmin
  open, attributable       | confirmGroupKey      | CommitteeAttributable             | CommitteeAttributable             | CommitteeAttributable             | CommitteeAttributable
  open, attributable       | approve              | CommitteeMalformedApproval        | open                              | open                              | CommitteeMalformedApproval
  open, attributable       | approve by group key | CommitteeAttributable             | CommitteeAttributable             | CommitteeAttributable             | CommitteeAttributable
  in grace                 | rotate with grace    | in grace                          | in grace                          | CommitteeWrongSignature           | CommitteeNotAdmin
  in grace                 | rotate at once       | in grace                          | in grace                          | CommitteeWrongSignature           | CommitteeNotAdmin
  in grace                 | retire               | over                              | over                              | CommitteeWrongSignature           | CommitteeNotAdmin
  in grace                 | confirmGroupKey      | CommitteeMalformedApproval        | CommitteeWrongSignature           | in grace, key                     | CommitteeMalformedApproval
  in grace                 | approve              | CommitteeMalformedApproval        | CommitteeWrongSignature           | in grace                          | CommitteeMalformedApproval
  in grace                 | approve by group key | CommitteeGroupKeyUnconfirmed      | CommitteeGroupKeyUnconfirmed      | CommitteeGroupKeyUnconfirmed      | CommitteeGroupKeyUnconfirmed
  in grace, key            | rotate with grace    | in grace, key                     | in grace, key                     | CommitteeWrongSignature           | CommitteeNotAdmin
  in grace, key            | rotate at once       | in grace, key                     | in grace, key                     | CommitteeWrongSignature           | CommitteeNotAdmin
  in grace, key            | retire               | over, key                         | over, key                         | CommitteeWrongSignature           | CommitteeNotAdmin
  in grace, key            | confirmGroupKey      | CommitteeGroupKeyAlreadyConfirmed | CommitteeGroupKeyAlreadyConfirmed | CommitteeGroupKeyAlreadyConfirmed | CommitteeGroupKeyAlreadyConfirmed
  in grace, key            | approve              | CommitteeMalformedApproval        | CommitteeWrongSignature           | in grace, key                     | CommitteeMalformedApproval
  in grace, key            | approve by group key | in grace, key                     | in grace, key                     | in grace, key                     | in grace, key
  in grace, committee over | rotate with grace    | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver
  in grace, committee over | rotate at once       | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver
  in grace, committee over | retire               | over                              | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeNotAdmin
  in grace, committee over | confirmGroupKey      | CommitteeMalformedApproval        | CommitteeWrongSignature           | in grace, key                     | CommitteeMalformedApproval
  in grace, committee over | approve              | CommitteeMalformedApproval        | CommitteeWrongSignature           | in grace                          | CommitteeMalformedApproval
  in grace, committee over | approve by group key | CommitteeGroupKeyUnconfirmed      | CommitteeGroupKeyUnconfirmed      | CommitteeGroupKeyUnconfirmed      | CommitteeGroupKeyUnconfirmed
  grace over               | rotate with grace    | over                              | over                              | CommitteeWrongSignature           | CommitteeNotAdmin
  grace over               | rotate at once       | over                              | over                              | CommitteeWrongSignature           | CommitteeNotAdmin
  grace over               | retire               | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver
  grace over               | confirmGroupKey      | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver
  grace over               | approve              | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver
  grace over               | approve by group key | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver
  retired                  | rotate with grace    | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver
  retired                  | rotate at once       | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver
  retired                  | retire               | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver
  retired                  | confirmGroupKey      | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver
  retired                  | approve              | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver
  retired                  | approve by group key | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver                | CommitteeEpochOver`;

const HOUR = 3_600n;
const FIRST = [0, 1, 2];
const SECOND = [0, 1];

/** A committee with an admin, and the epoch that is looked at. */
type Situation = Fixture & {
  readonly id: string;
  readonly epoch: number;
  readonly current: number;
  /** The members of epochs 1 and 2, with those who approve. */
  readonly members: readonly [Members, Members];
};
type Members = { readonly keys: readonly Wallet[]; readonly approving: readonly number[] };

/** How each state is reached, and the epochs in it: the one looked at, and the current one. */
const STATES: Readonly<Record<string, (situation: Situation) => Promise<readonly [epoch: number, current: number]>>> = {
  never: () => Promise.resolve([2, 1]),
  open: () => Promise.resolve([1, 1]),
  "open, key": async (situation) => {
    await confirm(situation);
    return [1, 1];
  },
  "open, attributable": () => Promise.resolve([1, 1]),
  "in grace": async (situation) => {
    await rotate(situation);
    return [1, 2];
  },
  "in grace, key": async (situation) => {
    await confirm(situation);
    await rotate(situation);
    return [1, 2];
  },
  "in grace, committee over": async (situation) => {
    await rotate(situation);
    await situation.registry.connect(situation.admin).retire(situation.id, 2, "0x");
    return [1, 2];
  },
  "grace over": async (situation) => {
    await rotate(situation);
    await mineAt((await latest()) + 2n * HOUR);
    return [1, 2];
  },
  retired: async (situation) => {
    await situation.registry.connect(situation.admin).retire(situation.id, 1, "0x");
    return [1, 1];
  },
};

type Caller = "admin" | "committee" | "own members" | "stranger";

/** Each call, with the approval that its caller brings for the digest it takes. */
const OPERATIONS: Readonly<Record<string, (situation: Situation, caller: Caller, grace: bigint) => Promise<unknown>>> =
  {
    "rotate with grace": async (situation, caller, grace) => {
      const { registry, domain, id, current } = situation;
      const config = configOf(situation.members[1].keys, 2);
      const approval = approvalBy(situation, caller, rotationDigest(domain, id, current, config, grace));
      return registry.connect(senderOf(situation, caller)).rotate(id, config, grace, approval);
    },
    "rotate at once": async (situation, caller) => {
      const { registry, domain, id, current } = situation;
      const config = configOf(situation.members[1].keys, 2);
      const approval = approvalBy(situation, caller, rotationDigest(domain, id, current, config, 0));
      return registry.connect(senderOf(situation, caller)).rotate(id, config, 0, approval);
    },
    retire: async (situation, caller) => {
      const { registry, domain, id, epoch, current } = situation;
      const digest = committeeDigest(domain, "Retirement", { committeeId: id, currentEpoch: current, epoch });
      const approval = approvalBy(situation, caller, digest);
      return registry.connect(senderOf(situation, caller)).retire(id, epoch, approval);
    },
    confirmGroupKey: async (situation, caller) => {
      const { registry, domain, group, id, epoch } = situation;
      const approval = approvalBy(situation, caller, confirmationDigest(domain, id, epoch, group.key));
      return registry.connect(senderOf(situation, caller)).confirmGroupKey(id, epoch, group.key, approval);
    },
    approve: async (situation, caller) => {
      const { registry, id, epoch } = situation;
      const approval = approvalBy(situation, caller, DIGEST);
      return registry.connect(senderOf(situation, caller)).requireApproval(id, epoch, DIGEST, approval);
    },
    "approve by group key": async (situation, caller) => {
      const { registry, group, id, epoch } = situation;
      const approval = frostApproval(signWithFrostGroup(group, DIGEST, seededBytes("sign")));
      return registry.connect(senderOf(situation, caller)).requireApproval(id, epoch, DIGEST, approval);
    },
  };

const MATRIX = readMatrix(TABLE, { states: Object.keys(STATES), operations: Object.keys(OPERATIONS) });

async function latest(): Promise<bigint> {
  return BigInt(await networkHelpers.time.latest());
}

async function confirm({ registry, domain, keys, group, id }: Situation): Promise<void> {
  const approval = approvalOfKeys(keys, FIRST, confirmationDigest(domain, id, 1, group.key));
  await registry.confirmGroupKey(id, 1, group.key, approval);
}

async function rotate({ registry, admin, id, members }: Situation): Promise<void> {
  await registry.connect(admin).rotate(id, configOf(members[1].keys, 2), (await latest()) + HOUR, "0x");
}

function senderOf({ admin, stranger }: Situation, caller: Caller) {
  return caller === "admin" ? admin : stranger;
}

function approvalBy({ members, epoch, current }: Situation, caller: Caller, digest: string): string {
  if (caller === "admin" || caller === "stranger") return "0x";
  const { keys, approving } = members[(caller === "committee" ? current : epoch) - 1]!;
  return approvalOfKeys(keys, approving, digest);
}

/** Of which epoch an approval must be: the one looked at, or, for what is the committee's, the current one. */
function judgeOf({ epoch, current }: Situation, operation: string): number {
  return operation === "confirmGroupKey" || operation.startsWith("approve") ? epoch : current;
}

function argsOf(situation: Situation, operation: string, caller: Caller, error: string, isOver: boolean): unknown[] {
  const { id, admin, epoch, current, members } = situation;
  const judge = judgeOf(situation, operation);
  switch (error) {
    case "CommitteeNotAdmin":
      return [id, admin.address, senderOf(situation, caller).address];
    case "CommitteeUnknownEpoch":
      return [id, current, epoch];
    case "CommitteeEpochOver":
      // What is the epoch's own is refused for it, if it is over; all else for the current one.
      return [id, operation.startsWith("rotate") ? current : isOver ? epoch : judge, anyValue, anyValue];
    case "CommitteeMalformedApproval":
      return [id, judge, 1, 0];
    case "CommitteeWrongSignature":
      return [id, judge, members[judge - 1]!.keys[0]!.address];
    case "CommitteeAttributable":
      return [id];
    default:
      return [id, epoch];
  }
}

/** What the registry says of the epoch, in the table's words. */
async function stateOf({ registry, id, epoch }: Situation): Promise<string> {
  if (epoch > Number((await registry.committeeOf(id)).currentEpoch)) return "never";
  const { validUntil, groupKeyConfirmed } = await registry.epochOf(id, epoch);
  const time = validUntil === OPEN ? "open" : (await latest()) < validUntil ? "in grace" : "over";
  return groupKeyConfirmed ? `${time}, key` : time;
}

describe("CommitteeRegistry", () => {
  describe("the states of an epoch", () => {
    async function situationOf(state: string): Promise<Situation> {
      const fixture = await deployRegistry();
      const id = await createCommittee(fixture, configOf(fixture.keys.slice(0, 5), 3), {
        admin: fixture.admin.address,
        attributable: state === "open, attributable",
      });
      const members = [
        { keys: fixture.keys.slice(0, 5), approving: FIRST },
        { keys: memberKeys(4, "next"), approving: SECOND },
      ] as const;
      const start: Situation = { ...fixture, id, epoch: 1, current: 1, members };
      const [epoch, current] = await STATES[state]!(start);
      return { ...start, epoch, current };
    }

    it("are all in the table, with every call and caller", () => {
      expect(MATRIX.strays).to.deep.equal([]);
      expect(MATRIX.cells.filter(({ expected }) => expected === undefined)).to.deep.equal([]);
      expect(MATRIX.cells).to.have.lengthOf(9 * 6 * 4);
    });

    for (const { state, operation, caller, expected } of MATRIX.cells) {
      it(`${state}: ${operation} by ${caller} gives ${expected}`, async () => {
        const situation = await situationOf(state);
        const { registry } = situation;
        const before = await stateOf(situation);
        expect(before).to.equal(
          {
            "open, attributable": "open",
            "in grace, committee over": "in grace",
            "grace over": "over",
            retired: "over",
          }[state] ?? state,
        );
        const grace = (await latest()) + HOUR;
        const attempt = OPERATIONS[operation]!(situation, caller as Caller, grace);
        const refused = expected?.startsWith("Committee") ?? false;
        if (refused) {
          const args = argsOf(situation, operation, caller as Caller, String(expected), before.startsWith("over"));
          await expect(attempt)
            .to.be.revertedWithCustomError(registry, String(expected))
            .withArgs(...args);
        } else {
          await attempt;
        }
        expect(await stateOf(situation)).to.equal(refused ? before : expected);
      });
    }
  });
});
