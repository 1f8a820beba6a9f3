import { DealError } from "../DealError.js";

/** Refuses at or after a moment. Errors: {@link DealError} DEAL_TOO_LATE. */
export function requireBefore(moment: number, now: bigint): void {
  if (now < BigInt(moment)) return;
  throw new DealError({
    code: "DEAL_TOO_LATE",
    args: { before: moment, now },
    what: `This had to happen before ${moment}, and it is ${now}.`,
    advice: "The moment has passed for good: draft new documents with a later one.",
  });
}

/** Refuses within a margin before a moment. Errors: {@link DealError} DEAL_TOO_LATE, DEAL_MARGIN_REACHED. */
export function requireMargin(moment: number, margin: number, now: bigint): void {
  requireBefore(moment, now);
  if (now < BigInt(moment - margin)) return;
  throw new DealError({
    code: "DEAL_MARGIN_REACHED",
    args: { before: moment, margin, now },
    what: `It is ${now}, less than the margin of ${margin} seconds before ${moment}.`,
    advice: "A signature now might not reach the chain in time: let it lapse, or offer anew with a later moment.",
  });
}
