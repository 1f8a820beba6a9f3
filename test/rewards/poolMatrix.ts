import { anyValue } from "@nomicfoundation/hardhat-ethers-chai-matchers/withArgs";
import { expect } from "chai";
import { id } from "ethers";

import { readMatrix } from "../helpers/matrix.js";
import {
  CALLERS,
  type Caller,
  NEW_ACCOUNT,
  NEWCOMER,
  type Operation,
  OPERATIONS,
  rebinding,
  rosterOf,
  senderOf,
} from "../helpers/poolOperations.js";
import {
  type Books,
  booksOf,
  CORRECTED,
  LAST,
  PROFIT,
  type Situation,
  situationOf,
  STATES,
} from "../helpers/poolStates.js";
import {
  at,
  bitmapRoster,
  CYCLE,
  DISPUTE,
  networkHelpers,
  poolIdOf,
  PUBLISH,
  Refusal,
  rewardDigest,
  SHARE,
  Source,
  TOTAL,
} from "../helpers/rewards.js";

/**
 * What each caller gets for each way to write in each state of a pool: what happens, or the error that leaves all as it is. A
 * state is whether the pool is open, its end announced, or closed, and where its last cycle is, each moment at its first second
 * and `running` at its last one: `ended`, with nothing published yet; `published`, or not, once nothing new may be; `voided`, where
 * the operator's roots were thrown out; `final`, or final without evidence (`missed`); `settled`; `over`, with its action window;
 * and `reported`, with its profit as well. The operation says which form of pool it is of: bitmaps are not thrown out.
 *
 * Errors are the pool's (`RewardPool...`), but for `MalformedApproval`, which is the registry's. `granted` and `passed` are cycles
 * settled with a grant and with nothing; a refusal in capitals leaves the user out of a batch. Pools that never were are in
 * `unknownPool.ts`.
 */
const TABLE = `
  state                                                                        | operation                | operator          | registrar         | verifier         | user              | stranger
  *, *                                                                         | createPool               | Exists            | PoolCreated       | PoolCreated      | PoolCreated       | PoolCreated
  open/ending, *                                                               | topUp                    | ToppedUp          | NotOperator       | NotOperator      | NotOperator       | NotOperator
  closed, *                                                                    | topUp                    | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, *                                                               | raiseShare               | ShareRaised       | NotOperator       | NotOperator      | NotOperator       | NotOperator
  closed, *                                                                    | raiseShare               | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, *                                                               | changeVerifier           | VerifierAnnounced | NotOperator       | NotOperator      | NotOperator       | NotOperator
  closed, *                                                                    | changeVerifier           | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open, *                                                                      | announceEnd              | EndAnnounced      | NotOperator       | NotOperator      | NotOperator       | NotOperator
  ending, *                                                                    | announceEnd              | Ended             | NotOperator       | NotOperator      | NotOperator       | NotOperator
  closed, *                                                                    | announceEnd              | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open, *                                                                      | closePool                | EndNotAnnounced   | NotOperator       | NotOperator      | NotOperator       | NotOperator
  ending, running/ended/published/unpublished/voided/final/missed/settled      | closePool                | TooEarly          | NotOperator       | NotOperator      | NotOperator       | NotOperator
  ending, over                                                                 | closePool                | ProfitOutstanding | NotOperator       | NotOperator      | NotOperator       | NotOperator
  ending, reported                                                             | closePool                | PoolClosed        | NotOperator       | NotOperator      | NotOperator       | NotOperator
  closed, *                                                                    | closePool                | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open, *                                                                      | bind                     | NotRegistrar      | Bound             | NotRegistrar     | NotRegistrar      | NotRegistrar
  ending, *                                                                    | bind                     | Ended             | Ended             | Ended            | Ended             | Ended
  closed, *                                                                    | bind                     | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open, *                                                                      | bind, signed             | Bound             | Bound             | Bound            | Bound             | Bound
  ending, *                                                                    | bind, signed             | Ended             | Ended             | Ended            | Ended             | Ended
  closed, *                                                                    | bind, signed             | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  *, *                                                                         | rebind                   | NotRegistrar      | Rebound           | NotRegistrar     | NotRegistrar      | NotRegistrar
  *, *                                                                         | rebind, signed           | Rebound           | Rebound           | Rebound          | Rebound           | Rebound
  *, *                                                                         | rebind, without the user | WrongSignature    | WrongSignature    | WrongSignature   | WrongSignature    | WrongSignature
  open/ending, running                                                         | publish, roster          | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open/ending, ended/published/voided                                          | publish, roster          | RosterPublished   | NotOperator       | NotOperator      | NotOperator       | NotOperator
  open/ending, unpublished                                                     | publish, roster          | NothingToCorrect  | NothingToCorrect  | NothingToCorrect | NothingToCorrect  | NothingToCorrect
  open/ending, final/missed/settled/over/reported                              | publish, roster          | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  closed, *                                                                    | publish, roster          | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running                                                         | publish, verdict         | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open/ending, ended/published/voided                                          | publish, verdict         | MalformedApproval | MalformedApproval | RosterPublished  | MalformedApproval | MalformedApproval
  open/ending, unpublished                                                     | publish, verdict         | NothingToCorrect  | NothingToCorrect  | NothingToCorrect | NothingToCorrect  | NothingToCorrect
  open/ending, final/missed/settled/over/reported                              | publish, verdict         | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  closed, *                                                                    | publish, verdict         | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running                                                         | publish, bitmap          | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open/ending, ended/published/voided                                          | publish, bitmap          | RosterPublished   | NotOperator       | NotOperator      | NotOperator       | NotOperator
  open/ending, unpublished                                                     | publish, bitmap          | NothingToCorrect  | NothingToCorrect  | NothingToCorrect | NothingToCorrect  | NothingToCorrect
  open/ending, final/missed/settled/over/reported                              | publish, bitmap          | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  closed, *                                                                    | publish, bitmap          | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open, running/ended/published/unpublished/voided/final/missed/settled        | publish, next cycle      | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open, over/reported                                                          | publish, next cycle      | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  ending, *                                                                    | publish, next cycle      | Ended             | Ended             | Ended            | Ended             | Ended
  closed, *                                                                    | publish, next cycle      | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/unpublished/voided                                | voidRoot                 | NoEvidence        | NoEvidence        | NoEvidence       | NoEvidence        | NoEvidence
  open/ending, published                                                       | voidRoot                 | RosterVoided      | RosterVoided      | RosterVoided     | RosterVoided      | RosterVoided
  open/ending, final/missed/settled/over/reported                              | voidRoot                 | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  closed, *                                                                    | voidRoot                 | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/published/unpublished/voided/settled              | settle                   | NothingToSettle   | NothingToSettle   | NothingToSettle  | NothingToSettle   | NothingToSettle
  open/ending, missed                                                          | settle                   | passed            | passed            | passed           | passed            | passed
  open/ending, final/over/reported                                             | settle                   | granted           | granted           | granted          | granted           | granted
  closed, *                                                                    | settle                   | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/published/unpublished/voided/settled              | settleBatch              | NOT_FINAL         | NOT_FINAL         | NOT_FINAL        | NOT_FINAL         | NOT_FINAL
  open/ending, missed                                                          | settleBatch              | passed            | passed            | passed           | passed            | passed
  open/ending, final/over/reported                                             | settleBatch              | granted           | granted           | granted          | granted           | granted
  closed, *                                                                    | settleBatch              | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/unpublished/voided/missed                         | settleWithProof          | NoEvidence        | NoEvidence        | NoEvidence       | NoEvidence        | NoEvidence
  open/ending, published                                                       | settleWithProof          | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open/ending, final                                                           | settleWithProof          | granted           | granted           | granted          | granted           | granted
  open/ending, settled                                                         | settleWithProof          | AlreadySettled    | AlreadySettled    | AlreadySettled   | AlreadySettled    | AlreadySettled
  open/ending, over/reported                                                   | settleWithProof          | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  closed, *                                                                    | settleWithProof          | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/unpublished/voided/missed                         | settleWithProofs         | NoEvidence        | NoEvidence        | NoEvidence       | NoEvidence        | NoEvidence
  open/ending, published                                                       | settleWithProofs         | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open/ending, final                                                           | settleWithProofs         | granted           | granted           | granted          | granted           | granted
  open/ending, settled                                                         | settleWithProofs         | AlreadySettled    | AlreadySettled    | AlreadySettled   | AlreadySettled    | AlreadySettled
  open/ending, over/reported                                                   | settleWithProofs         | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  closed, *                                                                    | settleWithProofs         | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/unpublished/voided/missed                         | settleBatchWithProof     | NoEvidence        | NoEvidence        | NoEvidence       | NoEvidence        | NoEvidence
  open/ending, published                                                       | settleBatchWithProof     | NOT_FINAL         | NOT_FINAL         | NOT_FINAL        | NOT_FINAL         | NOT_FINAL
  open/ending, final                                                           | settleBatchWithProof     | granted           | granted           | granted          | granted           | granted
  open/ending, settled                                                         | settleBatchWithProof     | ALREADY_SETTLED   | ALREADY_SETTLED   | ALREADY_SETTLED  | ALREADY_SETTLED   | ALREADY_SETTLED
  open/ending, over/reported                                                   | settleBatchWithProof     | WINDOW_OVER       | WINDOW_OVER       | WINDOW_OVER      | WINDOW_OVER       | WINDOW_OVER
  closed, *                                                                    | settleBatchWithProof     | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/unpublished/voided/missed                         | settleBatchWithProofs    | NoEvidence        | NoEvidence        | NoEvidence       | NoEvidence        | NoEvidence
  open/ending, published                                                       | settleBatchWithProofs    | NOT_FINAL         | NOT_FINAL         | NOT_FINAL        | NOT_FINAL         | NOT_FINAL
  open/ending, final                                                           | settleBatchWithProofs    | granted           | granted           | granted          | granted           | granted
  open/ending, settled                                                         | settleBatchWithProofs    | ALREADY_SETTLED   | ALREADY_SETTLED   | ALREADY_SETTLED  | ALREADY_SETTLED   | ALREADY_SETTLED
  open/ending, over/reported                                                   | settleBatchWithProofs    | WINDOW_OVER       | WINDOW_OVER       | WINDOW_OVER      | WINDOW_OVER       | WINDOW_OVER
  closed, *                                                                    | settleBatchWithProofs    | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running                                                         | reportProfit             | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open/ending, ended/published/unpublished/voided/final/missed/settled/over    | reportProfit             | ProfitReported    | NotOperator       | NotOperator      | NotOperator       | NotOperator
  open/ending, reported                                                        | reportProfit             | ReportOutOfOrder  | NotOperator       | NotOperator      | NotOperator       | NotOperator
  closed, *                                                                    | reportProfit             | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/published/unpublished/voided/final/missed/settled | reportProfit, next cycle | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open, over                                                                   | reportProfit, next cycle | ReportOutOfOrder  | NotOperator       | NotOperator      | NotOperator       | NotOperator
  open, reported                                                               | reportProfit, next cycle | ProfitReported    | NotOperator       | NotOperator      | NotOperator       | NotOperator
  ending, over/reported                                                        | reportProfit, next cycle | Ended             | Ended             | Ended            | Ended             | Ended
  closed, *                                                                    | reportProfit, next cycle | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  *, *                                                                         | claim                    | Claimed           | Claimed           | Claimed          | Claimed           | Claimed
  *, *                                                                         | claim, nothing owed      | NothingOwed       | NothingOwed       | NothingOwed      | NothingOwed       | NothingOwed`;

const MATRIX = readMatrix(TABLE, { states: STATES, operations: Object.keys(OPERATIONS) });

/** A call that is looked at: on which pool, when, and what the books say before it. */
type Attempt = Situation & {
  readonly name: string;
  readonly operation: Operation;
  readonly caller: Caller;
  readonly now: bigint;
  readonly before: Books;
};

const PER_UNIT = (PROFIT * SHARE) / 10n ** 18n;

function argsOfError(attempt: Attempt, error: string, digest: string): readonly unknown[] {
  const { world, user, other, operation, name, now, before } = attempt;
  const pool = attempt.pools[operation.kind];
  const { poolId, start } = pool;
  const { cycle } = operation;
  const sender = senderOf(attempt, attempt.caller).address;
  const present = (now - start) / CYCLE;
  switch (error) {
    case "NotOperator":
      return [world.operator.address, sender];
    case "NotRegistrar":
      return [world.registrar.address, sender];
    case "TooEarly":
      return [operation.from(pool, cycle), now];
    case "TooLate":
      return [operation.until(pool, cycle), now];
    case "Ended":
      return [poolId, LAST + 1, name === "announceEnd" ? present + 1n : name.startsWith("bind") ? present : cycle];
    case "ProfitOutstanding":
      return [poolId, LAST + 1, before.reportCount];
    case "ReportOutOfOrder":
      return [before.reportCount, cycle];
    case "NothingToCorrect":
      return [poolId, cycle, operation.source];
    case "NoEvidence":
      return [poolId, cycle, Source.OPERATOR];
    case "NothingToSettle":
      return [poolId, user.userId, before.nextCycle, (now - start - PUBLISH - DISPUTE) / CYCLE];
    case "AlreadySettled":
      return [poolId, user.userId, before.nextCycle, cycle];
    case "NothingOwed":
      return [poolId, other.userId];
    case "WrongSignature":
      return [user.account, digest];
    case "MalformedApproval":
      return [world.verifier, 1, 1, 0];
    default:
      return [poolId];
  }
}

/** What an outcome is told by, and what it changes of the books. */
function outcomeOf(
  attempt: Attempt,
  word: string,
): [event: string, args: readonly unknown[], changes: readonly string[]] {
  const { world, user, other, operation, now, before } = attempt;
  const { kind, cycle, source } = operation;
  const { poolId, start } = attempt.pools[kind];
  const sender = senderOf(attempt, attempt.caller).address;
  const present = (now - start) / CYCLE;
  switch (word) {
    case "PoolCreated": {
      const { salt } = attempt.pools[kind];
      return [word, [poolIdOf(sender, salt), sender, world.tokenAddress, salt, anyValue], []];
    }
    case "ToppedUp":
      return [word, [poolId, 1n, TOTAL + 1n], ["totalUnits", "availableUnits"]];
    case "ShareRaised":
      return [word, [poolId, SHARE, SHARE + 1n], ["share"]];
    case "VerifierAnnounced":
      return [word, [poolId, world.nextVerifier, now + 3n * CYCLE], ["nextVerifier", "nextVerifierFrom"]];
    case "EndAnnounced":
      return [word, [poolId, present + 1n], ["endCycle"]];
    case "PoolClosed":
      return [word, [poolId, sender], ["closed"]];
    case "Bound":
      return [word, [poolId, NEWCOMER.userId, NEWCOMER.account, 3n, present], ["userCount"]];
    case "Rebound":
      return [word, [poolId, user.userId, user.account, NEW_ACCOUNT, 0n], ["account", "nonce"]];
    case "RosterPublished": {
      const { pools } = attempt;
      const roster = kind === "bitmap" ? bitmapRoster(CORRECTED).roster : rosterOf(attempt, pools[kind], cycle);
      const { root, count, eligible, contentHash, evidenceUri } = roster;
      const changes = source === Source.VERIFIER ? ["verdict", "revision"] : ["roster"];
      return [word, [poolId, cycle, source, root, count, eligible, contentHash, evidenceUri], changes];
    }
    case "RosterVoided":
      return [word, [poolId, cycle, source, before.roster, other.userId], ["roster"]];
    case "granted":
    case "passed": {
      const final = kind === "bitmap" ? (now - start - PUBLISH - DISPUTE) / CYCLE : BigInt(cycle) + 1n;
      return [
        "Settled",
        [poolId, user.userId, final],
        word === "granted" ? ["availableUnits", "nextCycle", "units"] : ["nextCycle"],
      ];
    }
    case "ProfitReported": {
      const units = TOTAL - (before.availableUnits as bigint);
      const args = [poolId, cycle, PROFIT, PER_UNIT, units, PER_UNIT * units, id("the accounts")];
      return [word, args, ["reportCount", "deposited", "owed"]];
    }
    case "Claimed":
      return [word, [poolId, user.userId, user.account, sender, before.owed], ["owed"]];
    default:
      return ["NotSettled", [poolId, user.userId, Refusal[word as keyof typeof Refusal]], []];
  }
}

describe("RewardPool", () => {
  describe("the states of a pool", () => {
    it("are all in the table, with every call and caller", () => {
      expect(MATRIX.strays).to.deep.equal([]);
      expect(MATRIX.cells.filter(({ expected }) => expected === undefined)).to.deep.equal([]);
      expect(MATRIX.cells).to.have.lengthOf(21 * 26 * CALLERS.length);
    });

    it("are tried with every function that writes", async () => {
      const { situation } = await situationOf("open, running");
      const writing: string[] = [];
      situation.world.pool.interface.forEachFunction(({ name, constant }) => {
        if (!constant) writing.push(name);
      });
      const tried = new Set(Object.keys(OPERATIONS).map((name) => name.split(", ")[0]));
      expect([...tried].toSorted()).to.deep.equal(writing.toSorted());
    });

    for (const state of STATES) {
      describe(`given one that is ${state}`, () => {
        async function fixture() {
          const reached = await situationOf(state);
          const { situation } = reached;
          const digest = rewardDigest(situation.world, "UserRebinding", (await rebinding(situation)).value);
          const [both, root, bitmap] = await Promise.all([
            booksOf(situation, "both"),
            booksOf(situation, "root"),
            booksOf(situation, "bitmap"),
          ]);
          return { ...reached, digest, books: { both, root, bitmap } };
        }

        for (const { operation: name, caller, expected = "" } of MATRIX.cells.filter((cell) => cell.state === state)) {
          it(`${name} by the ${caller} gives ${expected}`, async () => {
            const { situation, now, digest, books } = await networkHelpers.loadFixture(fixture);
            const { pool, registry } = situation.world;
            const operation = OPERATIONS[name]!;
            const before = books[operation.kind];
            const attempt = { ...situation, name, operation, caller: caller as Caller, now, before };
            await at(now);
            const sent = operation.call(situation, caller as Caller);
            const owner = expected === "MalformedApproval" ? registry : pool;
            const error = `${owner === pool ? "RewardPool" : "Committee"}${expected}`;
            if (owner.interface.getError(error) !== null) {
              await expect(sent)
                .to.be.revertedWithCustomError(owner, error)
                .withArgs(...argsOfError(attempt, expected, digest));
            } else {
              const [event, args, changes] = outcomeOf(attempt, expected);
              await expect(sent)
                .to.emit(pool, event)
                .withArgs(...args);
              const after = await booksOf(situation, operation.kind);
              const changed = Object.keys(before).filter((field) => before[field] !== after[field]);
              expect(changed.toSorted()).to.deep.equal(changes.toSorted());
            }
          });
        }
      });
    }
  });
});
