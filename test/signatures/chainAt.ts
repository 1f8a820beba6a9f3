import { network } from "hardhat";

import type { Connection } from "../helpers/deals.js";
import { home } from "../helpers/deals.js";
import type { Place } from "./Slot.js";

const made = new Map<Place, Promise<Connection>>();

/**
 * The chain of a place. Each has one of its own, so that what was built there stays while another place is visited. The same
 * accounts deploy to the same addresses on all of them; only the one called another has another id.
 */
export async function chainAt(place: Place): Promise<Connection> {
  const override = place === "on another chain" ? { override: { chainId: 31_338 } } : {};
  const chain = made.get(place) ?? network.create({ network: home.networkName, ...override });
  made.set(place, chain);
  return chain;
}
