import { join } from "node:path";

/** The files of the courier service in the run's folder, which all its parties can read. */
export function rewardFiles(folder: string) {
  return {
    /** What every courier delivered. */
    deliveries: join(folder, "deliveries.csv"),
    /** The registrar's list. */
    couriers: join(folder, "couriers.ndjson"),
    /** Who met the target, one courier a line, as a party counted it. */
    list: (party: string, story: string, cycle: number) => join(folder, `${party}-${story}-${cycle}.csv`),
    /** A roster with its tree, as a party built it. */
    roster: (party: string, story: string, cycle: number) => join(folder, `${party}-${story}-${cycle}.roster`),
  };
}
