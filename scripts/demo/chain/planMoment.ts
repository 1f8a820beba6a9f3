import type { JsonRpcProvider } from "ethers";

import { blockInterval, chainTime } from "./chainTime.js";
import { canSetClock } from "./setClock.js";

/** When the rebate moment is, and how it comes. */
export type PlannedMoment = {
  /** Unix seconds. */
  readonly moment: number;
  /** Whether the chain's clock is set to it; else it is waited for. */
  readonly set: boolean;
  /** How long a party may be silent, in milliseconds. */
  readonly patience: number;
};

/** What the user asked for. */
export type PlanMomentOptions = {
  /** Seconds to the moment, waited for in real time; undefined to set the chain's clock where it can be. */
  readonly realTime: number | undefined;
  /** Seconds after which a silent party fails the run; undefined for what suits the chain. */
  readonly patience: number | undefined;
};

/** What the longest story does before the moment, counted in blocks, with room to spare. */
const BLOCKS_BEFORE = 25;

/**
 * An hour from now where the chain's clock can be set. Else as soon as the stories can have come so far: what they need
 * for their own work, and a block for each of their transactions.
 */
export async function planMoment(
  provider: JsonRpcProvider,
  { realTime, patience }: PlanMomentOptions,
): Promise<PlannedMoment> {
  const set = realTime === undefined && (await canSetClock(provider));
  const now = await chainTime(provider);
  if (set) return { moment: now + 3_600, set, patience: 1_000 * (patience ?? 30) };
  const interval = await blockInterval(provider);
  const present = Math.max(now, Math.floor(Date.now() / 1000));
  const wait = realTime ?? 60 + BLOCKS_BEFORE * interval;
  return { moment: present + wait, set, patience: 1_000 * (patience ?? 30 + BLOCKS_BEFORE * interval) };
}
