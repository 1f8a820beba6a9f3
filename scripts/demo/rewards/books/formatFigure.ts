import { formatCoins } from "../../coins.js";
import type { BookedFigure } from "./BookedFigure.js";

/** An amount of a figure, for the reader. */
export function formatFigure({ of }: Pick<BookedFigure, "of">, amount: bigint): string {
  return of === "coins" ? formatCoins(amount) : amount.toLocaleString("en-US");
}
