import type { ApplicationStatus } from "../../../../sdk/src/index.js";
import type { Stage } from "../../parties/Stage.js";
import type { ApplicationLetter } from "../ApplicationLetter.js";
import { approvalBy } from "./approvalBy.js";
import type { Vote } from "./askCentres.js";

/** Has the ledger count what the centres signed, rejections first, until it is decided; gives how. */
export async function countVotes(
  stage: Stage,
  letter: ApplicationLetter,
  votes: readonly Vote[],
): Promise<ApplicationStatus> {
  const against = votes.filter(({ result }) => !result.approved).map((vote) => [vote]);
  const ballots = [...against, votes.filter(({ result }) => result.approved)];
  for (const ballot of ballots) {
    const status = await count(stage, letter, ballot);
    if (status !== "OPEN") return status;
  }
  return "OPEN";
}

/** Votes that say the same are counted by one transaction. */
async function count(
  stage: Stage,
  { from, story, application }: ApplicationLetter,
  votes: readonly Vote[],
): Promise<ApplicationStatus> {
  const [first] = votes;
  if (first === undefined) return "OPEN";
  const { result } = first;
  const says = result.approved ? `${votes.length} approve` : `one rejects for reason ${result.reason}`;
  const counted = await stage.sent(
    story,
    `has the ledger count results on ${from}: ${says}`,
    stage.hall.certificates.countResults({ application, result, approval: approvalBy(votes) }),
    ({ decided = "OPEN" }) => decided,
  );
  return counted.decided ?? "OPEN";
}
