import type { CycleCost } from "./cycleCosts.js";

/** The sizes that the page shows; the plot has those between, too. */
const SHOWN = [1_000, 100_000, 1_000_000];

/** The page's section on what a cycle costs. */
export function cycleCostTable(costs: readonly CycleCost[]): string {
  const number = new Intl.NumberFormat("en-US");
  const rows = costs
    .filter(({ users }) => SHOWN.includes(users))
    .map(({ form, users, publish, settle }) => {
      const cells = [number.format(users), form, number.format(publish), number.format(settle)];
      return `| ${[...cells, number.format(Math.round((publish + settle) / users))].join(" | ")} |`;
    });
  return `## A whole cycle of a reward pool

Publishing, and settling every user in batches of 200, all of them first grants: the dearest cycle there is. Added up from the
figures above.

| Users | Form | Publishing | Settling all | Gas a user |
| ---: | --- | ---: | ---: | ---: |
${rows.join("\n")}

![Publishing and a user's whole share, in both forms](reward-cycle-costs.svg)

Publishing is what the operator cannot leave to others: it costs the same for any number of users with ROOT, and some 27 gas a
user, and something for itself, with BITMAP. Users who have met the condition may settle themselves.
`;
}
