import { CENTRES, DEVICE, GATEWAY, STRANGER } from "../certificates/certificatePlan.js";
import { committeeMembers } from "../committee/plan.js";
import { dealPlans, MERCHANT } from "../deals/dealPlans.js";
import type { PartyRole } from "../parties/messages.js";
import { COURIER, OPERATOR, REGISTRAR, RELAYER } from "../rewards/rewardPlans.js";
import { addUp } from "./addUp.js";
import { certificateStories } from "./certificateStories.js";
import { committeeStory } from "./committeeStory.js";
import { dealStories, ordersStory } from "./dealStories.js";
import { rewardStories } from "./rewardStories.js";
import type { Story } from "./Story.js";

/** The stories of the first act, played at the same time. */
export const firstAct: readonly Story[] = [ordersStory, ...dealStories, committeeStory];

/** The stories of the second act, played at the same time. */
export const secondAct: readonly Story[] = rewardStories;

/** The stories of the third act, played one after the other where they are about the same certificate. */
export const thirdAct: readonly Story[] = certificateStories;

/** All stories that the demo plays. */
export const stories: readonly Story[] = [...firstAct, ...secondAct, ...thirdAct];

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

/** Who plays in the third act, and in which role. */
export const thirdRoles: ReadonlyMap<string, PartyRole> = new Map([
  ...CENTRES.map((name) => [name, "centre"] as const),
  [DEVICE, "device"] as const,
  [STRANGER, "device"] as const,
  [GATEWAY, "gateway"] as const,
]);

/** What the parties of the first act are given at the beginning. */
export const endowments = addUp(firstAct.map(({ given }) => given));

/** What they ought to have just before the moment. */
export const balancesAtMoment = addUp(firstAct.flatMap(({ given, changesAtMoment }) => [given, changesAtMoment]));

/** What they ought to have at the end. */
export const balancesAtEnd = addUp(firstAct.flatMap(({ given, changesAtEnd }) => [given, changesAtEnd]));
