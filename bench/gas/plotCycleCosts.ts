import { parse, View } from "vega";
import { compile } from "vega-lite";

import type { CycleCost } from "./cycleCosts.js";

/** An SVG of what each user's share of a cycle comes to, by the size of the pool. */
export async function plotCycleCosts(costs: readonly CycleCost[]): Promise<string> {
  const values = costs.flatMap(({ form, users, publish, settle }) => [
    { users, what: `${form}: publishing`, gas: publish / users },
    { users, what: `${form}: publishing and settling`, gas: (publish + settle) / users },
  ]);
  const { spec } = compile({
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width: 520,
    height: 300,
    background: "white",
    data: { values },
    mark: { type: "line", point: true },
    encoding: {
      x: { field: "users", type: "quantitative", scale: { type: "log" }, title: "Users of the pool" },
      y: { field: "gas", type: "quantitative", scale: { type: "log" }, title: "Gas a user and cycle" },
      color: { field: "what", type: "nominal", title: null },
    },
  });
  const view = new View(parse(spec), { renderer: "none" });
  const svg = await view.toSVG();
  view.finalize();
  return `${svg}\n`;
}
