import { courierName } from "../courierName.js";
import type { Delivery } from "../deliveries/Delivery.js";
import type { RewardPlan } from "../RewardPlan.js";
import type { CourierBooks, ExpectedCycle, ExpectedPool } from "./ExpectedPool.js";

const ONE = 10n ** 18n;

/**
 * Computes what must come of a pool, from the deliveries alone: no contract and nothing of the SDK is asked. All cycles are
 * settled before their profit is reported.
 */
export function expectPool(plan: RewardPlan, deliveries: Iterable<Delivery>): ExpectedPool {
  const { couriers, target, grant, share, profits, claims } = plan;
  const names = Array.from({ length: couriers }, (_, number) => courierName(number));
  const all = new Map<string, number>();
  const inTime = new Map<string, number>();
  for (const delivery of deliveries) {
    const key = `${delivery.cycle} ${delivery.courier}`;
    all.set(key, (all.get(key) ?? 0) + 1);
    if (delivery.inTime) inTime.set(key, (inTime.get(key) ?? 0) + 1);
  }
  const units = new Map(names.map((name) => [name, 0n]));
  const owed = new Map(names.map((name) => [name, 0n]));
  let carry = 0n;
  const cycles = profits.map((profit, cycle): ExpectedCycle => {
    const hasMet = (counts: ReadonlyMap<string, number>) => (name: string) =>
      (counts.get(`${cycle} ${name}`) ?? 0) >= target;
    let granted = 0n;
    let reclaimed = 0n;
    for (const name of names) {
      const held = units.get(name) ?? 0n;
      if (hasMet(inTime)(name)) {
        granted += grant;
        units.set(name, held + grant);
      } else {
        reclaimed += held;
        units.set(name, 0n);
      }
    }
    const outstanding = sum(units.values());
    let perUnit = 0n;
    if (outstanding > 0n) {
      const parts = profit * share + carry;
      perUnit = parts / ONE;
      carry = parts % ONE;
    }
    for (const name of names) owed.set(name, (owed.get(name) ?? 0n) + perUnit * (units.get(name) ?? 0n));
    const met = names.filter(hasMet(inTime)).length;
    const metWithLate = names.filter(hasMet(all)).length;
    return { met, metWithLate, granted, reclaimed, deposit: perUnit * outstanding };
  });
  const claimed = new Set(names.filter((name) => (owed.get(name) ?? 0n) > 0n).slice(0, claims));
  const books = names.map((name): readonly [string, CourierBooks] => {
    const due = owed.get(name) ?? 0n;
    const isPaid = claimed.has(name);
    return [name, { units: units.get(name) ?? 0n, owed: isPaid ? 0n : due, paid: isPaid ? due : 0n }];
  });
  return { cycles, couriers: new Map(books) };
}

function sum(amounts: Iterable<bigint>): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}
