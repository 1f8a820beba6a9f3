import { expect } from "chai";

import { readMatrix } from "../helpers/matrix.js";
import { CALLERS, type Caller, OPERATIONS, rebinding } from "../helpers/poolOperations.js";
import { argsOfError, outcomeOf } from "../helpers/poolOutcomes.js";
import { type Books, booksOf, type Kind, situationOf, STATES } from "../helpers/poolStates.js";
import { at, networkHelpers, rewardDigest } from "../helpers/rewards.js";

/**
 * What each caller gets for each way to write in each state of a pool: what happens, or the error that leaves all as it is. A
 * state is whether the pool is open, its end announced, or closed, and where its last cycle is, each moment at its first second
 * and `running` at its last one: `ended`, with nothing published yet; `published`, or not, once nothing new may be; `voided`, where
 * the operator's roots were thrown out; `final`, or final without evidence (`missed`); `settled`; `over`, with its action window;
 * and `reported`, with its profit as well. The operation says which pool it is of: where it names none, of roots by the operator
 * and the verifier, by the operator alone, or of the operator's bitmaps, which are not thrown out. Where usage decides,
 * `published` means that the total is proved.
 *
 * Errors are the pool's (`RewardPool...`), but for `MalformedApproval`, which is the registry's. `granted` and `passed` are cycles
 * settled with a grant and with nothing; a refusal in capitals leaves the user out of a batch. Pools that never were are in
 * `unknownPool.ts`. Invariant R4.
 */
const TABLE = `
  state                                                                        | operation                            | operator          | registrar         | verifier         | user              | stranger
  *, *                                                                         | createPool                           | Exists            | PoolCreated       | PoolCreated      | PoolCreated       | PoolCreated
  open/ending, *                                                               | topUp                                | ToppedUp          | NotOperator       | NotOperator      | NotOperator       | NotOperator
  closed, *                                                                    | topUp                                | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, *                                                               | raiseShare                           | ShareRaised       | NotOperator       | NotOperator      | NotOperator       | NotOperator
  closed, *                                                                    | raiseShare                           | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, *                                                               | changeVerifier                       | VerifierAnnounced | NotOperator       | NotOperator      | NotOperator       | NotOperator
  closed, *                                                                    | changeVerifier                       | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open, *                                                                      | announceEnd                          | EndAnnounced      | NotOperator       | NotOperator      | NotOperator       | NotOperator
  ending, *                                                                    | announceEnd                          | Ended             | NotOperator       | NotOperator      | NotOperator       | NotOperator
  closed, *                                                                    | announceEnd                          | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open, *                                                                      | closePool                            | EndNotAnnounced   | NotOperator       | NotOperator      | NotOperator       | NotOperator
  ending, running/ended/published/unpublished/voided/final/missed/settled      | closePool                            | TooEarly          | NotOperator       | NotOperator      | NotOperator       | NotOperator
  ending, over                                                                 | closePool                            | ProfitOutstanding | NotOperator       | NotOperator      | NotOperator       | NotOperator
  ending, reported                                                             | closePool                            | PoolClosed        | NotOperator       | NotOperator      | NotOperator       | NotOperator
  closed, *                                                                    | closePool                            | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open, *                                                                      | bind                                 | NotRegistrar      | Bound             | NotRegistrar     | NotRegistrar      | NotRegistrar
  ending, *                                                                    | bind                                 | Ended             | Ended             | Ended            | Ended             | Ended
  closed, *                                                                    | bind                                 | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open, *                                                                      | bind, signed                         | Bound             | Bound             | Bound            | Bound             | Bound
  ending, *                                                                    | bind, signed                         | Ended             | Ended             | Ended            | Ended             | Ended
  closed, *                                                                    | bind, signed                         | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  *, *                                                                         | rebind                               | NotRegistrar      | Rebound           | NotRegistrar     | NotRegistrar      | NotRegistrar
  *, *                                                                         | rebind, signed                       | Rebound           | Rebound           | Rebound          | Rebound           | Rebound
  *, *                                                                         | rebind, without the user             | WrongSignature    | WrongSignature    | WrongSignature   | WrongSignature    | WrongSignature
  open/ending, running                                                         | publish, roster                      | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open/ending, ended/published/voided                                          | publish, roster                      | RosterPublished   | NotOperator       | NotOperator      | NotOperator       | NotOperator
  open/ending, unpublished                                                     | publish, roster                      | NothingToCorrect  | NothingToCorrect  | NothingToCorrect | NothingToCorrect  | NothingToCorrect
  open/ending, final/missed/settled/over/reported                              | publish, roster                      | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  closed, *                                                                    | publish, roster                      | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running                                                         | publish, verdict                     | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open/ending, ended/published/voided                                          | publish, verdict                     | MalformedApproval | MalformedApproval | RosterPublished  | MalformedApproval | MalformedApproval
  open/ending, unpublished                                                     | publish, verdict                     | NothingToCorrect  | NothingToCorrect  | NothingToCorrect | NothingToCorrect  | NothingToCorrect
  open/ending, final/missed/settled/over/reported                              | publish, verdict                     | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  closed, *                                                                    | publish, verdict                     | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running                                                         | publish, bitmap                      | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open/ending, ended/published/voided                                          | publish, bitmap                      | RosterPublished   | NotOperator       | NotOperator      | NotOperator       | NotOperator
  open/ending, unpublished                                                     | publish, bitmap                      | NothingToCorrect  | NothingToCorrect  | NothingToCorrect | NothingToCorrect  | NothingToCorrect
  open/ending, final/missed/settled/over/reported                              | publish, bitmap                      | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  closed, *                                                                    | publish, bitmap                      | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open, running/ended/published/unpublished/voided/final/missed/settled        | publish, next cycle                  | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open, over/reported                                                          | publish, next cycle                  | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  ending, *                                                                    | publish, next cycle                  | Ended             | Ended             | Ended            | Ended             | Ended
  closed, *                                                                    | publish, next cycle                  | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running                                                         | publish, where a verdict decides     | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open/ending, ended                                                           | publish, where a verdict decides     | WrongSource       | WrongSource       | WrongSource      | WrongSource       | WrongSource
  open/ending, published/unpublished/voided                                    | publish, where a verdict decides     | NothingToCorrect  | NothingToCorrect  | NothingToCorrect | NothingToCorrect  | NothingToCorrect
  open/ending, final/missed/settled/over/reported                              | publish, where a verdict decides     | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  closed, *                                                                    | publish, where a verdict decides     | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running                                                         | publish, where usage decides         | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open/ending, ended                                                           | publish, where usage decides         | WrongSource       | WrongSource       | WrongSource      | WrongSource       | WrongSource
  open/ending, published/unpublished/voided                                    | publish, where usage decides         | NothingToCorrect  | NothingToCorrect  | NothingToCorrect | NothingToCorrect  | NothingToCorrect
  open/ending, final/missed/settled/over/reported                              | publish, where usage decides         | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  closed, *                                                                    | publish, where usage decides         | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/unpublished/voided                                | voidRoot                             | NoEvidence        | NoEvidence        | NoEvidence       | NoEvidence        | NoEvidence
  open/ending, published                                                       | voidRoot                             | RosterVoided      | RosterVoided      | RosterVoided     | RosterVoided      | RosterVoided
  open/ending, final/missed/settled/over/reported                              | voidRoot                             | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  closed, *                                                                    | voidRoot                             | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/unpublished/voided                                | voidRoot, verdict                    | NoEvidence        | NoEvidence        | NoEvidence       | NoEvidence        | NoEvidence
  open/ending, published                                                       | voidRoot, verdict                    | RosterVoided      | RosterVoided      | RosterVoided     | RosterVoided      | RosterVoided
  open/ending, final/missed/settled/over/reported                              | voidRoot, verdict                    | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  closed, *                                                                    | voidRoot, verdict                    | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/published/unpublished/voided                      | voidRoot, where usage decides        | NoEvidence        | NoEvidence        | NoEvidence       | NoEvidence        | NoEvidence
  open/ending, final/missed/settled/over/reported                              | voidRoot, where usage decides        | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  closed, *                                                                    | voidRoot, where usage decides        | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/published/unpublished/voided/settled              | settle                               | NothingToSettle   | NothingToSettle   | NothingToSettle  | NothingToSettle   | NothingToSettle
  open/ending, missed                                                          | settle                               | passed            | passed            | passed           | passed            | passed
  open/ending, final/over/reported                                             | settle                               | granted           | granted           | granted          | granted           | granted
  closed, *                                                                    | settle                               | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/published/unpublished/voided/missed/settled       | settle, by usage                     | NothingToSettle   | NothingToSettle   | NothingToSettle  | NothingToSettle   | NothingToSettle
  open/ending, final/over/reported                                             | settle, by usage                     | granted           | granted           | granted          | granted           | granted
  closed, *                                                                    | settle, by usage                     | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/published/unpublished/voided/settled              | settleBatch                          | NOT_FINAL         | NOT_FINAL         | NOT_FINAL        | NOT_FINAL         | NOT_FINAL
  open/ending, missed                                                          | settleBatch                          | passed            | passed            | passed           | passed            | passed
  open/ending, final/over/reported                                             | settleBatch                          | granted           | granted           | granted          | granted           | granted
  closed, *                                                                    | settleBatch                          | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/published/unpublished/voided/missed/settled       | settleBatch, by usage                | NOT_FINAL         | NOT_FINAL         | NOT_FINAL        | NOT_FINAL         | NOT_FINAL
  open/ending, final/over/reported                                             | settleBatch, by usage                | granted           | granted           | granted          | granted           | granted
  closed, *                                                                    | settleBatch, by usage                | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/unpublished/voided/missed                         | settleWithProof                      | NoEvidence        | NoEvidence        | NoEvidence       | NoEvidence        | NoEvidence
  open/ending, published                                                       | settleWithProof                      | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open/ending, final                                                           | settleWithProof                      | granted           | granted           | granted          | granted           | granted
  open/ending, settled                                                         | settleWithProof                      | AlreadySettled    | AlreadySettled    | AlreadySettled   | AlreadySettled    | AlreadySettled
  open/ending, over/reported                                                   | settleWithProof                      | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  closed, *                                                                    | settleWithProof                      | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/unpublished/voided/missed                         | settleWithProof, verdict             | NoEvidence        | NoEvidence        | NoEvidence       | NoEvidence        | NoEvidence
  open/ending, published                                                       | settleWithProof, verdict             | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open/ending, final                                                           | settleWithProof, verdict             | granted           | granted           | granted          | granted           | granted
  open/ending, settled                                                         | settleWithProof, verdict             | AlreadySettled    | AlreadySettled    | AlreadySettled   | AlreadySettled    | AlreadySettled
  open/ending, over/reported                                                   | settleWithProof, verdict             | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  closed, *                                                                    | settleWithProof, verdict             | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, *                                                               | settleWithProof, where usage decides | WrongForm         | WrongForm         | WrongForm        | WrongForm         | WrongForm
  closed, *                                                                    | settleWithProof, where usage decides | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/unpublished/voided/missed                         | settleWithProofs                     | NoEvidence        | NoEvidence        | NoEvidence       | NoEvidence        | NoEvidence
  open/ending, published                                                       | settleWithProofs                     | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open/ending, final                                                           | settleWithProofs                     | granted           | granted           | granted          | granted           | granted
  open/ending, settled                                                         | settleWithProofs                     | AlreadySettled    | AlreadySettled    | AlreadySettled   | AlreadySettled    | AlreadySettled
  open/ending, over/reported                                                   | settleWithProofs                     | TooLate           | TooLate           | TooLate          | TooLate           | TooLate
  closed, *                                                                    | settleWithProofs                     | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/unpublished/voided/missed                         | settleBatchWithProof                 | NoEvidence        | NoEvidence        | NoEvidence       | NoEvidence        | NoEvidence
  open/ending, published                                                       | settleBatchWithProof                 | NOT_FINAL         | NOT_FINAL         | NOT_FINAL        | NOT_FINAL         | NOT_FINAL
  open/ending, final                                                           | settleBatchWithProof                 | granted           | granted           | granted          | granted           | granted
  open/ending, settled                                                         | settleBatchWithProof                 | ALREADY_SETTLED   | ALREADY_SETTLED   | ALREADY_SETTLED  | ALREADY_SETTLED   | ALREADY_SETTLED
  open/ending, over/reported                                                   | settleBatchWithProof                 | WINDOW_OVER       | WINDOW_OVER       | WINDOW_OVER      | WINDOW_OVER       | WINDOW_OVER
  closed, *                                                                    | settleBatchWithProof                 | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/unpublished/voided/missed                         | settleBatchWithProofs                | NoEvidence        | NoEvidence        | NoEvidence       | NoEvidence        | NoEvidence
  open/ending, published                                                       | settleBatchWithProofs                | NOT_FINAL         | NOT_FINAL         | NOT_FINAL        | NOT_FINAL         | NOT_FINAL
  open/ending, final                                                           | settleBatchWithProofs                | granted           | granted           | granted          | granted           | granted
  open/ending, settled                                                         | settleBatchWithProofs                | ALREADY_SETTLED   | ALREADY_SETTLED   | ALREADY_SETTLED  | ALREADY_SETTLED   | ALREADY_SETTLED
  open/ending, over/reported                                                   | settleBatchWithProofs                | WINDOW_OVER       | WINDOW_OVER       | WINDOW_OVER      | WINDOW_OVER       | WINDOW_OVER
  closed, *                                                                    | settleBatchWithProofs                | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running                                                         | reportProfit                         | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open/ending, ended/published/unpublished/voided/final/missed/settled/over    | reportProfit                         | ProfitReported    | NotOperator       | NotOperator      | NotOperator       | NotOperator
  open/ending, reported                                                        | reportProfit                         | ReportOutOfOrder  | NotOperator       | NotOperator      | NotOperator       | NotOperator
  closed, *                                                                    | reportProfit                         | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  open/ending, running/ended/published/unpublished/voided/final/missed/settled | reportProfit, next cycle             | TooEarly          | TooEarly          | TooEarly         | TooEarly          | TooEarly
  open, over                                                                   | reportProfit, next cycle             | ReportOutOfOrder  | NotOperator       | NotOperator      | NotOperator       | NotOperator
  open, reported                                                               | reportProfit, next cycle             | ProfitReported    | NotOperator       | NotOperator      | NotOperator       | NotOperator
  ending, over/reported                                                        | reportProfit, next cycle             | Ended             | Ended             | Ended            | Ended             | Ended
  closed, *                                                                    | reportProfit, next cycle             | IsClosed          | IsClosed          | IsClosed         | IsClosed          | IsClosed
  *, *                                                                         | claim                                | Claimed           | Claimed           | Claimed          | Claimed           | Claimed
  *, *                                                                         | claim, nothing owed                  | NothingOwed       | NothingOwed       | NothingOwed      | NothingOwed       | NothingOwed`;

const MATRIX = readMatrix(TABLE, { states: STATES, operations: Object.keys(OPERATIONS) });

describe("RewardPool", () => {
  describe("the states of a pool", () => {
    it("are all in the table, with every call and caller", () => {
      expect(MATRIX.strays).to.deep.equal([]);
      expect(MATRIX.cells.filter(({ expected }) => expected === undefined)).to.deep.equal([]);
      expect(MATRIX.cells).to.have.lengthOf(21 * 34 * CALLERS.length);
    });

    it("are tried with every function that writes", async () => {
      const { situation } = await situationOf("open, running");
      const writing: string[] = [];
      situation.world.pool.interface.forEachFunction(({ name, constant }) => {
        if (!constant) writing.push(name);
      });
      const tried = new Set(Object.keys(OPERATIONS).map((name) => name.replace(/, .*/u, "")));
      expect([...tried].toSorted()).to.deep.equal(writing.toSorted());
    });

    for (const state of STATES) {
      describe(`given one that is ${state}`, () => {
        async function fixture() {
          const reached = await situationOf(state);
          const { situation } = reached;
          const digest = rewardDigest(situation.world, "UserRebinding", (await rebinding(situation)).value);
          const kinds = Object.keys(situation.pools) as Kind[];
          const books = await Promise.all(kinds.map(async (kind) => [kind, await booksOf(situation, kind)] as const));
          return { ...reached, digest, books: Object.fromEntries(books) as Record<Kind, Books> };
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
