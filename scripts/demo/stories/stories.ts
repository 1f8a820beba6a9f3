import { committeeMembers } from "../committee/plan.js";
import { dealPlans, MERCHANT } from "../deals/dealPlans.js";
import type { PartyRole } from "../parties/messages.js";
import { addUp } from "./addUp.js";
import { committeeStory } from "./committeeStory.js";
import { dealStories, ordersStory } from "./dealStories.js";
import type { Story } from "./Story.js";

/** All stories that the demo plays, at the same time. */
export const stories: readonly Story[] = [ordersStory, ...dealStories, committeeStory];

/** Who plays, and in which role. */
export const castRoles: ReadonlyMap<string, PartyRole> = new Map([
  [MERCHANT, "merchant"] as const,
  ...dealPlans.map(({ customer }) => [customer, "customer"] as const),
  ...dealPlans.map(({ buyer }) => [buyer, "buyer"] as const),
  ...committeeMembers.map((name) => [name, "member"] as const),
]);

/** What parties are given at the beginning. */
export const endowments = addUp(stories.map(({ given }) => given));

/** What parties ought to have just before the moment. */
export const balancesAtMoment = addUp(stories.flatMap(({ given, changesAtMoment }) => [given, changesAtMoment]));

/** What parties ought to have at the end. */
export const balancesAtEnd = addUp(stories.flatMap(({ given, changesAtEnd }) => [given, changesAtEnd]));
