import { formatTable } from "../../report/formatTable.js";
import type { BookedFigure } from "./BookedFigure.js";
import { formatFigure } from "./formatFigure.js";

/** The table of figures. */
export function formatFigures(title: string, figures: readonly BookedFigure[]): string {
  const rows = figures.map((figure) => [
    figure.what,
    formatFigure(figure, figure.actual),
    figure.actual === figure.expected ? "=" : "differs",
    formatFigure(figure, figure.expected),
  ]);
  return formatTable([[title, "actual", "", "expected"], ...rows], [1, 3]);
}
