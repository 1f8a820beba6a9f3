import type { BookedFigure } from "./BookedFigure.js";
import { formatFigure } from "./formatFigure.js";

/** Figures that are named; the others are counted. */
const NAMED = 5;

/** Which figures are wrong; empty where none is. */
export function checkFigures(figures: readonly BookedFigure[]): readonly string[] {
  const wrong = figures.filter(({ actual, expected }) => actual !== expected);
  const faults = wrong.slice(0, NAMED).map((figure) => {
    const { what, actual, expected } = figure;
    return `${what}: ${formatFigure(figure, actual)} where ${formatFigure(figure, expected)} is expected.`;
  });
  return wrong.length > NAMED ? [...faults, `${wrong.length - NAMED} more figures are wrong.`] : faults;
}
