import { network } from "hardhat";

import type { Connection } from "../helpers/deals.js";
import { home } from "../helpers/deals.js";
import type { Place } from "./Slot.js";

type New = { readonly chain: Connection; readonly snapshot: Awaited<ReturnType<typeof snapshotOf>> };

const made = new Map<Place, New>();

const snapshotOf = async ({ networkHelpers }: Connection) => networkHelpers.takeSnapshot();

/**
 * The chain of a place, as new. Each place has one of its own, so that what was built there stays while another is visited; as
 * each begins anew, the same accounts deploy to the same addresses, and places differ in nothing but what names them.
 */
export async function chainAt(place: Place): Promise<Connection> {
  const before = made.get(place);
  if (before !== undefined) {
    await before.snapshot.restore();
    return before.chain;
  }
  const override = place === "on another chain" ? { override: { chainId: 31_338 } } : {};
  const chain = await network.create({ network: home.networkName, ...override });
  made.set(place, { chain, snapshot: await snapshotOf(chain) });
  return chain;
}
