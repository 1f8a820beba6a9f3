import type { JsonRpcProvider, Signer } from "ethers";

import { chainTime } from "./chainTime.js";
import { setClock } from "./setClock.js";

/** How the moment comes. */
export type ReachMomentParameters = {
  readonly provider: JsonRpcProvider;
  /** Sends something where no block comes by itself. */
  readonly funder: Signer;
  /** Unix seconds. */
  readonly moment: number;
  /** What the moment is, in words. */
  readonly what: string;
  /** Whether to set the chain's clock; else to wait. */
  readonly set: boolean;
  readonly log: (line: string) => void;
};

const INTERVAL = 1_000;

/** Brings the chain's clock to the moment: afterwards the latest block has reached it. */
export async function reachMoment({ provider, funder, moment, what, set, log }: ReachMomentParameters): Promise<void> {
  if (set) {
    log(`Setting the chain's clock to ${what}`);
    await setClock(provider, moment);
    return;
  }
  let told = Number.POSITIVE_INFINITY;
  for (;;) {
    const now = Math.floor(Date.now() / 1000);
    const left = moment - Math.max(await chainTime(provider), now);
    if (left <= 0) break;
    if (told - left >= 10) {
      log(`Waiting ${left} s for ${what}`);
      told = left;
    }
    await pause();
  }
  // Some chains make a block only when there is something to put into it.
  while ((await chainTime(provider)) < moment) {
    const to = await funder.getAddress();
    await (await funder.sendTransaction({ to })).wait();
    await pause();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, INTERVAL));
}
