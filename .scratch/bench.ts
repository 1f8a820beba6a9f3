import { rewardOperations } from "../bench/gas/scenarios/rewards.js";
import { readFileSync } from "node:fs";
const base = JSON.parse(readFileSync("bench/results/gas.json","utf8")).operations as any[];
for (const o of await rewardOperations()) { const b=base.find(x=>x.id===o.id); console.log(o.id.padEnd(44), o.gas, "was", b.gas, (o.gas-b.gas), "floor", o.floor, (o.gas/o.floor).toFixed(3), o.budget ?? "", o.budget && o.gas>o.budget ? "OVER":""); }
process.exit(0);
