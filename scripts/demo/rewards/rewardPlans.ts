import { coins } from "../coins.js";
import { courierName } from "./courierName.js";
import type { RewardPlan } from "./RewardPlan.js";

/** Cycles that are played. */
export const CYCLES = 3;

/** Couriers of the service. */
export const COURIERS = 1_000;

/** After this cycle has been settled, a courier moves to another account. */
export const MOVE_AFTER = 1;

/** Who plays: the service, who binds its couriers, who sends what is due, and the courier that moves. */
export const OPERATOR = "operator";
export const REGISTRAR = "registrar";
export const RELAYER = "relayer";
export const COURIER = "courier";

/** What the operator is given of the token: more than it deposits. */
export const OPERATOR_FUNDS = coins("2000.00");

const profits = [coins("12000.00"), 0n, coins("18400.37")];

/** The pools of the courier service. */
export const rewardPlans: readonly RewardPlan[] = [
  {
    story: "couriers",
    title: "A courier service shares its profit with 1,000 couriers; each roster is a bitmap",
    form: "BITMAP",
    couriers: COURIERS,
    target: 40,
    totalUnits: 30_000n,
    grant: 10n,
    share: 3_141_592_653_589n,
    profits,
    miscounted: 1,
    claims: 8,
    moving: courierName(5),
  },
  {
    story: "bonus",
    title: "A smaller pool for 20 couriers and a higher target; each roster is a root, with proofs",
    form: "ROOT",
    couriers: 20,
    target: 43,
    totalUnits: 100n,
    grant: 1n,
    share: 271_828_182_845_904n,
    profits,
    claims: 2,
  },
];
