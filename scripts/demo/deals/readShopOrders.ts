import { readFileSync } from "node:fs";

import { id, keccak256, toUtf8Bytes } from "ethers";

import { type Order, readOrders } from "../../../sdk/src/index.js";
import { ScriptError } from "../../support/ScriptError.js";
import { DECIMALS } from "../coins.js";
import { dealPlans } from "./dealPlans.js";
import type { Stage } from "../parties/Stage.js";

/** What the merchant's shop exported, by order number; what is malformed is reported and left out. */
export function readShopOrders(stage: Stage, secret: string): ReadonlyMap<string, Order> {
  const { orders: path } = stage.setup;
  if (path === undefined) {
    throw new ScriptError("NoOrders", "the merchant was told of no export. Name its file in the setup.");
  }
  // The export is as old as its customers' first accounts; in every run they come with new keys.
  const text = dealPlans.reduce(
    (found, { accountOnFile, customer }) => found.replaceAll(accountOnFile, stage.person(customer).address),
    readFileSync(path, "utf8"),
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
