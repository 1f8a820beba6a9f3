import { anyValue } from "@nomicfoundation/hardhat-ethers-chai-matchers/withArgs";
import { id } from "ethers";

import { type Caller, NEW_ACCOUNT, NEWCOMER, type Operation, rosterOf, senderOf } from "./poolOperations.js";
import { type Books, CORRECTED, LAST, PROFIT, type Situation } from "./poolStates.js";
import { bitmapRoster, CYCLE, DISPUTE, poolIdOf, PUBLISH, Refusal, SHARE, Source, TOTAL } from "./rewards.js";

/** A call that is looked at: on which pool, when, and what the books say before it. */
export type Attempt = Situation & {
  readonly name: string;
  readonly operation: Operation;
  readonly caller: Caller;
  readonly now: bigint;
  readonly before: Books;
};

const PER_UNIT = (PROFIT * SHARE) / 10n ** 18n;

/** What an error says. */
export function argsOfError(attempt: Attempt, error: string, digest: string): readonly unknown[] {
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
      return [poolId, cycle, operation.source];
    case "WrongSource":
      return [poolId, pool.config.mode, operation.source];
    case "WrongForm":
      return [poolId, pool.config.mode, pool.config.form];
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
export function outcomeOf(
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
    case "RosterVoided": {
      const field = source === Source.VERIFIER ? "verdict" : "roster";
      return [word, [poolId, cycle, source, before[field], other.userId], [field]];
    }
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
