import { readFileSync } from "node:fs";

import { id, keccak256, toUtf8Bytes } from "ethers";

import { type Order, readOrders } from "../../../sdk/src/index.js";
import { DECIMALS } from "../coins.js";
import { dealPlans } from "./dealPlans.js";
import type { Stage } from "../parties/Stage.js";

const EXPORT = new URL("../orders.json", import.meta.url);

/** What the merchant's shop exported, by order number; what is malformed is reported and left out. */
export function readShopOrders(stage: Stage, secret: string): ReadonlyMap<string, Order> {
  // The export is as old as its customers' first accounts; in every run they come with new keys.
  const text = dealPlans.reduce(
    (found, { accountOnFile, customer }) => found.replaceAll(accountOnFile, stage.person(customer).address),
    readFileSync(EXPORT, "utf8"),
  );
  const { orders, refused } = readOrders(text, {
    currencies: { USD: { token: stage.setup.token, decimals: DECIMALS } },
    saltOf: (number) => keccak256(toUtf8Bytes(`${secret} ${id(number)}`)),
  });
  stage.did("orders", `reads the shop's export: ${orders.length} orders`);
  for (const { number = "without a number", line, reason } of refused) {
    stage.did("orders", `leaves out order ${number}, line ${line}`, reason);
  }
  return new Map(orders.map((order) => [order.number, order]));
}
