import { type ApprovalClaim, type FrostShare, hashTyped } from "../../../sdk/src/index.js";
import { committeePlan } from "./plan.js";
import type { Seat } from "./Seat.js";
import { signTogether } from "./signTogether.js";
import { statementTypedData } from "./statementTypedData.js";

/** What is approved in which epoch, and by whom. */
export type ApproveStatementParameters = {
  readonly committeeId: string;
  readonly epoch: number;
  /** The epoch's members; the first one asks the registry. */
  readonly names: readonly string[];
  readonly share: FrostShare;
  readonly text: string;
};

/** The epoch's members approve a statement by FROST; the first one asks the registry about it, and about another statement. */
export async function approveStatement(
  seat: Seat,
  { committeeId, epoch, names, share, text }: ApproveStatementParameters,
): Promise<Required<ApprovalClaim>> {
  const { stage } = seat;
  const { committees, context } = stage.hall;
  const digestOf = (said: string): string =>
    hashTyped(statementTypedData(context.chainId, { committeeId, epoch, text: said }));
  const digest = digestOf(text);
  const signature = await signTogether(seat, { label: `statement-${epoch}`, names, share, digest });
  const collector = await committees.collect({ committeeId, epoch, digest });
  collector.addFrost(signature);
  const claim = { committeeId, epoch, digest, approval: collector.build() };
  if (stage.name === names[0]) {
    await committees.requireApproval(claim);
    stage.did(committeePlan.story, `has a statement approved by FROST in epoch ${epoch}; the registry accepts it`);
    await stage.refused(committeePlan.story, "offers that approval for another statement", () =>
      committees.requireApproval({ ...claim, digest: digestOf(`${text} Not.`) }),
    );
  }
  return claim;
}
