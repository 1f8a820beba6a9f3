import { formatUnits, parseUnits } from "ethers";

/** Decimal places of the demo's token. */
export const DECIMALS = 18;

/** An amount of the demo's token in base units. */
export function coins(text: string): bigint {
  return parseUnits(text, DECIMALS);
}

/** An amount of the demo's token for the reader: two decimal places at least, and all that are not zero. */
export function formatCoins(amount: bigint): string {
  const [whole = "", fraction = ""] = formatUnits(amount, DECIMALS).split(".");
  return `${whole}.${fraction.padEnd(2, "0")}`;
}
