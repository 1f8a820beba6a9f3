import { getAddress, keccak256, toUtf8Bytes } from "ethers";

import { canonicalJson } from "../../core/documents/canonicalJson.js";
import type { Json } from "../../core/documents/Json.js";
import type { Address, Hex } from "../../core/documents/Hex.js";
import type { SaleDraft } from "../sessions/MerchantSession.js";
import type { JsonNode } from "./JsonNode.js";
import { OrderError } from "./OrderError.js";
import { parseJsonLines } from "./parseJsonLines.js";

/** A currency of a shop, as a token. */
export type Currency = {
  readonly token: Address;
  /** Decimal places of the token. */
  readonly decimals: number;
};

/** What the shop's export leaves open. */
export type ReadOrdersOptions = {
  /** The tokens of the currencies, by their code in the export. */
  readonly currencies: Readonly<Record<string, Currency>>;
  /**
   * The salt of an order, 32 bytes in hex: what keeps its content from being guessed from its hash. It must be secret,
   * and the same each time the same order is read.
   */
  readonly saltOf: (orderNumber: string) => Hex;
};

/** An order that can be sold on. */
export type Order = {
  /** The shop's order number. */
  readonly number: string;
  /** The line of the export on which the order begins. */
  readonly line: number;
  /** For {@link MerchantSession.draftSale}. */
  readonly sale: SaleDraft & { readonly salt: Hex };
};

/** An order that was left out, and why. */
export type RefusedOrder = {
  /** The shop's order number, where it could be read. */
  readonly number: string | undefined;
  /** The line of the export on which the fault is. */
  readonly line: number;
  /** One sentence. */
  readonly reason: string;
};

/** What a shop's export came to. */
export type ReadOrders = {
  readonly orders: readonly Order[];
  readonly refused: readonly RefusedOrder[];
};

const FIELDS = [
  "number",
  "status",
  "placedAt",
  "customer",
  "currency",
  "items",
  "shipping",
  "total",
  "refundableUntil",
];
const ITEM_FIELDS = ["sku", "title", "quantity", "unitPrice"];

function refuse(line: number, reason: string): never {
  throw new OrderError({
    code: "ORDER_MALFORMED",
    args: { line },
    what: reason,
    advice: "Correct the order in the shop and export it again.",
  });
}

type Fields = { readonly line: number; readonly entries: ReadonlyMap<string, JsonNode> };

function objectOf(node: JsonNode, name: string): Fields {
  return node.kind === "object" ? node : refuse(node.line, `${name} must be an object.`);
}

function field({ line, entries }: Fields, name: string): JsonNode {
  return entries.get(name) ?? refuse(line, `${name} is missing.`);
}

function textOf(node: JsonNode, name: string): string {
  if (node.kind === "string" && node.text.trim() !== "") return node.text;
  return refuse(node.line, `${name} must be a text that is not empty.`);
}

/** A decimal number, as a string or as a JSON number, in base units. */
function amountOf(node: JsonNode, name: string, decimals: number): bigint {
  const text = node.kind === "string" || node.kind === "number" ? node.text : "";
  const [, whole, fraction = ""] = /^([0-9]{1,39})(?:\.([0-9]+))?$/.exec(text) ?? [];
  if (whole === undefined) {
    return refuse(node.line, `${name} must be a decimal number from 0 up${text === "" ? "" : `, and is "${text}"`}.`);
  }
  const digits = fraction.replace(/0+$/, "");
  if (digits.length > decimals) {
    return refuse(node.line, `${name} is "${text}", and the currency has ${decimals} decimal places.`);
  }
  const amount = BigInt(whole) * 10n ** BigInt(decimals) + BigInt(digits.padEnd(decimals, "0") || "0");
  return amount < 2n ** 128n ? amount : refuse(node.line, `${name} is more than a sale can hold.`);
}

function quantityOf(node: JsonNode): bigint {
  const text = node.kind === "number" ? node.text : "";
  if (/^[1-9][0-9]{0,8}$/.test(text)) return BigInt(text);
  return refuse(node.line, "quantity must be a whole number from 1 to 999999999.");
}

function secondsOf(node: JsonNode, name: string): number {
  const text = node.kind === "string" ? node.text : "";
  const date = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(text)
    ? Math.floor(Date.parse(text) / 1_000)
    : Number.NaN;
  if (date >= 0 && date < 2 ** 40) return date;
  return refuse(node.line, `${name} must be a time with its zone, such as 2026-11-23T09:00:00Z.`);
}

function accountOf(node: JsonNode, name: string): Address {
  const text = node.kind === "string" ? node.text : "";
  try {
    const account = getAddress(text);
    if (BigInt(account) !== 0n) return account;
  } catch {
    // Not an address, or one with a wrong checksum.
  }
  return refuse(node.line, `${name} must be an account of 20 bytes in hex with a right checksum.`);
}

function requireKnown({ entries }: Fields, known: readonly string[], name: string): void {
  for (const [key, node] of entries) {
    if (!known.includes(key)) refuse(node.line, `${name} has a field "${key}" that is not known.`);
  }
}

/** The bought items, in their one form, and their sum in base units. */
function itemsOf(node: JsonNode, decimals: number): { readonly items: Json; readonly sum: bigint } {
  if (node.kind !== "list" || node.items.length === 0) {
    return refuse(node.line, "items must be a list of at least one.");
  }
  let sum = 0n;
  const items = node.items.map((item, index) => {
    const fields = objectOf(item, `items[${index}]`);
    requireKnown(fields, ITEM_FIELDS, `items[${index}]`);
    const quantity = quantityOf(field(fields, "quantity"));
    const unitPrice = amountOf(field(fields, "unitPrice"), "unitPrice", decimals);
    sum += quantity * unitPrice;
    return {
      sku: textOf(field(fields, "sku"), "sku"),
      title: textOf(field(fields, "title"), "title"),
      quantity: quantity.toString(),
      unitPrice: unitPrice.toString(),
    };
  });
  return { items, sum };
}

function readOrder(node: JsonNode, { currencies, saltOf }: ReadOrdersOptions): Order {
  const order = objectOf(node, "An order");
  requireKnown(order, FIELDS, "the order");
  const number = textOf(field(order, "number"), "number");
  const status = textOf(field(order, "status"), "status");
  if (status !== "paid") {
    refuse(field(order, "status").line, `status is "${status}": only a paid order is a sale.`);
  }
  secondsOf(field(order, "placedAt"), "placedAt");
  const buyer = objectOf(field(order, "customer"), "customer");
  const customer = accountOf(field(buyer, "account"), "customer.account");
  const code = textOf(field(order, "currency"), "currency");
  const currency = Object.hasOwn(currencies, code) ? currencies[code] : undefined;
  if (currency === undefined) {
    return refuse(field(order, "currency").line, `currency is "${code}", and no token is known for it.`);
  }
  const { token, decimals } = currency;
  const { items, sum } = itemsOf(field(order, "items"), decimals);
  const shipping = order.entries.get("shipping");
  const due = sum + (shipping === undefined ? 0n : amountOf(shipping, "shipping", decimals));
  const total = field(order, "total");
  const amount = amountOf(total, "total", decimals);
  if (amount === 0n) refuse(total.line, "total must be above zero.");
  if (amount !== due) {
    refuse(total.line, `total is ${amount} base units, and the items with shipping come to ${due}.`);
  }
  const refundable = order.entries.get("refundableUntil");
  const salt = saltOf(number);
  return {
    number,
    line: order.line,
    sale: {
      customer,
      token,
      amount,
      itemHash: keccak256(toUtf8Bytes(canonicalJson({ salt, number, items }))),
      refundableUntil: refundable === undefined ? 0 : secondsOf(refundable, "refundableUntil"),
      salt,
    },
  };
}

/** The order's number, where there is one to tell. */
function numberIn(node: JsonNode): string | undefined {
  const number = node.kind === "object" ? node.entries.get("number") : undefined;
  return number?.kind === "string" ? number.text : undefined;
}

/**
 * Reads the orders that a shop exported as JSON and makes sale drafts of them. An order that is malformed is left out
 * with its line and the reason, and the others go on.
 *
 * The export is `{ "orders": [...] }`. An order has `number` (unique), `status` ("paid"), `placedAt` (ISO 8601 with its
 * zone), `customer` (an object with `account`; whatever else the shop knows of the customer is not read), `currency` (its
 * code), `items` (each with `sku`, `title`, `quantity`, `unitPrice`), `shipping` (optional), `total`, which must be the
 * sum, and `refundableUntil` (optional, ISO 8601). Amounts are decimals, as strings or numbers; no digit is rounded. An
 * unknown field is refused, so that none that matters is overlooked.
 *
 * Nothing of the customer but its account goes into the sale; of what was bought, a salted hash.
 *
 * Errors: {@link OrderError} ORDERS_UNREADABLE where the text is no JSON or has no list of orders.
 *
 * @example
 * import { id } from "ethers";
 * import { readOrders } from "@guildhall/sdk";
 * const text = `{ "orders": [{
 *   "number": "A-1", "status": "paid", "placedAt": "2026-11-20T10:00:00Z", "currency": "USD",
 *   "customer": { "account": "0x00000000000000000000000000000000000000AA" },
 *   "items": [{ "sku": "lamp", "title": "Lamp", "quantity": 2, "unitPrice": "19.95" }],
 *   "total": "39.90"
 * }] }`;
 * const currencies = { USD: { token: "0x00000000000000000000000000000000000000bb", decimals: 6 } };
 * const { orders, refused } = readOrders(text, { currencies, saltOf: (number) => id(`a secret, ${number}`) });
 * assert.equal(orders[0]?.sale.amount, 39_900_000n);
 * assert.equal(refused.length, 0);
 */
export function readOrders(text: string, options: ReadOrdersOptions): ReadOrders {
  const root = parseJsonLines(text);
  const list = root.kind === "object" ? root.entries.get("orders") : undefined;
  if (list?.kind !== "list") {
    throw new OrderError({
      code: "ORDERS_UNREADABLE",
      args: { line: root.line },
      what: 'The export has no list "orders".',
      advice: "Pass the export of a shop's orders.",
    });
  }
  const orders: Order[] = [];
  const refused: RefusedOrder[] = [];
  for (const node of list.items) {
    try {
      const order = readOrder(node, options);
      const twin = orders.find(({ number }) => number === order.number);
      if (twin !== undefined) {
        refuse(order.line, `The order number ${order.number} stands on line ${twin.line} already.`);
      }
      orders.push(order);
    } catch (error) {
      if (!(error instanceof OrderError)) throw error;
      refused.push({ number: numberIn(node), line: error.args.line, reason: error.what });
    }
  }
  return { orders, refused };
}
