import { formatCoins } from "../coins.js";

const count = (amount: bigint | number): string => amount.toLocaleString("en-US");

/** How many met the target, for the reader. */
export function tellMet(met: number, couriers: number): string {
  return `${count(met)} of ${count(couriers)} met the target`;
}

/** Which units moved, for the reader. */
export function tellUnits(granted: bigint, reclaimed: bigint): string {
  return `${count(granted)} units granted, ${count(reclaimed)} reclaimed`;
}

/** What a report deposited, for the reader. */
export function tellDeposit(profit: bigint, deposit: bigint): string {
  return `profit ${formatCoins(profit)}, ${formatCoins(deposit)} of it for the units`;
}
