import { committeeMembers } from "../committee/plan.js";
import { dealPlans, MERCHANT } from "../deals/dealPlans.js";
import type { PartyRole } from "../parties/messages.js";
import { COURIER, OPERATOR, REGISTRAR, RELAYER } from "../rewards/rewardPlans.js";
import { addUp } from "./addUp.js";
import { committeeStory } from "./committeeStory.js";
import { dealStories, ordersStory } from "./dealStories.js";
import { rewardStories } from "./rewardStories.js";
import type { Story } from "./Story.js";

/** The stories of the first act, played at the same time. */
export const firstAct: readonly Story[] = [ordersStory, ...dealStories, committeeStory];

/** The stories of the second act, played at the same time. */
export const secondAct: readonly Story[] = rewardStories;

/** All stories that the demo plays. */
export const stories: readonly Story[] = [...firstAct, ...secondAct];

/** Who plays in the first act, and in which role. */
export const firstRoles: ReadonlyMap<string, PartyRole> = new Map([
  [MERCHANT, "merchant"] as const,
  ...dealPlans.map(({ customer }) => [customer, "customer"] as const),
  ...dealPlans.map(({ buyer }) => [buyer, "buyer"] as const),
  ...committeeMembers.map((name) => [name, "member"] as const),
]);

/** Who plays in the second act, and in which role. */
export const secondRoles: ReadonlyMap<string, PartyRole> = new Map([
  [OPERATOR, "operator"],
  [REGISTRAR, "registrar"],
  [RELAYER, "relayer"],
  [COURIER, "courier"],
]);

/** What the parties of the first act are given at the beginning. */
export const endowments = addUp(firstAct.map(({ given }) => given));

/** What they ought to have just before the moment. */
export const balancesAtMoment = addUp(firstAct.flatMap(({ given, changesAtMoment }) => [given, changesAtMoment]));

/** What they ought to have at the end. */
export const balancesAtEnd = addUp(firstAct.flatMap(({ given, changesAtEnd }) => [given, changesAtEnd]));
