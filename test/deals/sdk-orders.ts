import { readFileSync } from "node:fs";

import { expect } from "chai";
import fc from "fast-check";
import { id } from "ethers";

import { OrderError, readOrders } from "../../sdk/src/index.js";

const token = "0x00000000000000000000000000000000000000bb";
const options = { currencies: { USD: { token, decimals: 6 } }, saltOf: (number: string) => id(`secret ${number}`) };

const good = {
  number: "A-1",
  status: "paid",
  placedAt: "2026-11-20T10:00:00Z",
  customer: { account: "0x00000000000000000000000000000000000000AA", name: "not read", mail: "not read either" },
  currency: "USD",
  items: [{ sku: "lamp", title: "Lamp", quantity: 2, unitPrice: "19.95" }],
  shipping: 4.1,
  total: "44.00",
};

function read(...orders: readonly object[]) {
  return readOrders(JSON.stringify({ orders }, null, 2), options);
}

describe("deals SDK", () => {
  describe("readOrders", () => {
    it("makes a sale draft of an order", () => {
      const { orders, refused } = read({ ...good, refundableUntil: "2026-12-20T10:00:00+01:00" });
      expect(refused).to.deep.equal([]);
      expect(orders).to.have.length(1);
      const { sale, ...order } = orders[0]!;
      expect(order).to.deep.equal({ number: "A-1", line: 3 });
      expect(sale).to.include({
        customer: "0x00000000000000000000000000000000000000AA",
        token,
        amount: 44_000_000n,
        refundableUntil: 1_797_757_200,
        salt: id("secret A-1"),
      });
      expect(sale.itemHash).to.match(/^0x[0-9a-f]{64}$/);
    });

    it("hashes what was bought with the salt, and nothing of the customer", () => {
      const [first, second] = read(good, { ...good, number: "A-2" }).orders;
      expect(first!.sale.itemHash).to.not.equal(second!.sale.itemHash);
      const other = { ...good, customer: { account: good.customer.account, name: "somebody else" } };
      expect(read(other).orders[0]!.sale.itemHash).to.equal(first!.sale.itemHash);
      const cheaper = { ...good, items: [{ ...good.items[0]!, unitPrice: "19.94" }], total: "43.98" };
      expect(read(cheaper).orders[0]!.sale.itemHash).to.not.equal(first!.sale.itemHash);
    });

    it("rounds no digit, whatever the amount", () => {
      fc.assert(
        fc.property(fc.bigInt(1n, 10n ** 30n), fc.constantFrom(0, 2, 6, 18), (units, decimals) => {
          const digits = units.toString().padStart(decimals + 1, "0");
          const whole = digits.slice(0, digits.length - decimals);
          const total = decimals === 0 ? whole : `${whole}.${digits.slice(digits.length - decimals)}`;
          const item = { sku: "x", title: "X", quantity: 1, unitPrice: total };
          const text = `{"orders": [${JSON.stringify({ ...good, shipping: 0, items: [item], total: 0 }).replace('"total":0', `"total":${total}`)}]}`;
          const currencies = { USD: { token, decimals } };
          expect(readOrders(text, { ...options, currencies }).orders[0]!.sale.amount).to.equal(units);
        }),
      );
    });

    it("refuses each malformed order with its line and the reason, and goes on", () => {
      const { orders, refused } = read({ ...good, total: "45.00" }, good, { ...good, number: "A-2", currency: "EUR" });
      expect(orders.map(({ number }) => number)).to.deep.equal(["A-1"]);
      expect(refused).to.deep.equal([
        {
          number: "A-1",
          line: 22,
          reason: "total is 45000000 base units, and the items with shipping come to 44000000.",
        },
        { number: "A-2", line: 54, reason: 'currency is "EUR", and no token is known for it.' },
      ]);
    });

    const faults: readonly [string, object, string][] = [
      ["no object", [], "An order must be an object."],
      ["no number", { ...good, number: undefined }, "number is missing."],
      ["an empty number", { ...good, number: " " }, "number must be a text that is not empty."],
      ["an open order", { ...good, status: "open" }, 'status is "open": only a paid order is a sale.'],
      [
        "a time without zone",
        { ...good, placedAt: "2026-11-20T10:00:00" },
        "placedAt must be a time with its zone, such as 2026-11-23T09:00:00Z.",
      ],
      [
        "a day that is none",
        { ...good, placedAt: "2026-13-20T10:00:00Z" },
        "placedAt must be a time with its zone, such as 2026-11-23T09:00:00Z.",
      ],
      ["no account", { ...good, customer: {} }, "account is missing."],
      [
        "a wrong checksum",
        { ...good, customer: { account: "0x00000000000000000000000000000000000000aA" } },
        "customer.account must be an account of 20 bytes in hex with a right checksum.",
      ],
      [
        "the zero account",
        { ...good, customer: { account: `0x${"00".repeat(20)}` } },
        "customer.account must be an account of 20 bytes in hex with a right checksum.",
      ],
      ["no items", { ...good, items: [] }, "items must be a list of at least one."],
      [
        "half an item",
        { ...good, items: [{ ...good.items[0], quantity: 0.5 }] },
        "quantity must be a whole number from 1 to 999999999.",
      ],
      [
        "a negative price",
        { ...good, items: [{ ...good.items[0], unitPrice: "-1" }] },
        'unitPrice must be a decimal number from 0 up, and is "-1".',
      ],
      [
        "a price with an exponent",
        { ...good, items: [{ ...good.items[0], unitPrice: "1e3" }] },
        'unitPrice must be a decimal number from 0 up, and is "1e3".',
      ],
      [
        "too many decimals",
        { ...good, total: "44.0000001" },
        'total is "44.0000001", and the currency has 6 decimal places.',
      ],
      [
        "a total of nothing",
        { ...good, shipping: 0, items: [{ ...good.items[0], unitPrice: 0 }], total: 0 },
        "total must be above zero.",
      ],
      ["more than a sale can hold", { ...good, total: "9".repeat(39) }, "total is more than a sale can hold."],
      ["an unknown field", { ...good, discount: "5.00" }, 'the order has a field "discount" that is not known.'],
      [
        "an unknown field of an item",
        { ...good, items: [{ ...good.items[0], gift: true }] },
        'items[0] has a field "gift" that is not known.',
      ],
    ];
    for (const [title, order, reason] of faults) {
      it(`refuses an order with ${title}`, () => {
        const { orders, refused } = read(order);
        expect(orders).to.deep.equal([]);
        expect(refused.map((entry) => entry.reason)).to.deep.equal([reason]);
      });
    }

    it("refuses the second order of a number", () => {
      const { orders, refused } = read(good, good);
      expect(orders).to.have.length(1);
      expect(refused[0]).to.include({ number: "A-1", reason: "The order number A-1 stands on line 3 already." });
    });

    const unreadable: readonly [string, string, number][] = [
      ["no JSON", '{\n"orders": [}', 2],
      ["a key twice", '{"orders": [],\n\n"orders": []}', 3],
      ["no list of orders", '{"orders": {}}', 1],
      ["something after the end", '{"orders": []}\n{}', 2],
      ["too many levels", `{"orders": ${"[".repeat(40)}${"]".repeat(40)}}`, 1],
      ["nothing", "", 1],
    ];
    for (const [title, text, line] of unreadable) {
      it(`reads nothing of an export with ${title}`, () => {
        expect(() => readOrders(text, options))
          .to.throw(OrderError)
          .with.nested.include({ code: "ORDERS_UNREADABLE", "args.line": line });
      });
    }

    it("reads the demo's export: five orders, and one refused", () => {
      const text = readFileSync(new URL("../../scripts/demo/orders.json", import.meta.url), "utf8");
      const { orders, refused } = readOrders(text, options);
      expect(orders.map(({ number, sale }) => [number, sale.amount])).to.deep.equal([
        ["2026-1041", 84_700_000n],
        ["2026-1042", 249_000_000n],
        ["2026-1043", 308_000_000n],
        ["2026-1045", 119_970_000n],
        ["2026-1046", 180_000_000n],
      ]);
      const line = text.split("\n").findIndex((row) => row.includes('"259.00"')) + 1;
      expect(refused).to.deep.equal([
        {
          number: "2026-1044",
          line,
          reason: "total is 259000000 base units, and the items with shipping come to 529000000.",
        },
      ]);
    });
  });
});
