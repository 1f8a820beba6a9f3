import {
  type DealCall,
  type DealSession,
  type NextStep,
  type SessionAction,
  signatureIn,
} from "../../../sdk/src/index.js";
import type { Stage } from "../parties/Stage.js";
import type { DealPlan } from "./DealPlan.js";
import { MERCHANT } from "./dealPlans.js";

/** What a party does when a step is its own to do; what it does not name, it leaves to others. */
export type DealActs = Readonly<Partial<Record<SessionAction | DealCall, () => Promise<unknown>>>>;

/** One party's part in one deal. */
export type DealPart = {
  readonly plan: DealPlan;
  readonly session: DealSession;
  readonly acts: DealActs;
  /** A step of its own that it neglects, once it has signed the deal. */
  readonly neglects?: DealCall;
  /** Lets the contract take so much more of its tokens, where that is all that stands before its step. */
  readonly allow?: (amount: bigint) => Promise<void>;
  /** The act after which it says nothing any more. */
  readonly silentAfter?: DealCall;
  /** Whether it puts the deal on the chain itself where the merchant says nothing. */
  readonly lodges?: boolean;
  /** What it tries once the moment is reached, before anything else. */
  readonly afterMoment?: () => Promise<void>;
  /** What it tries when nothing is left to do. */
  readonly atEnd?: () => Promise<void>;
};

/** Milliseconds that a buyer gives the merchant before it lodges the deal itself. */
const COURTESY = 1_500;

/**
 * Plays a part in a deal as the SDK's `nextStep` says: does what is its turn, tells the others, and else waits for their
 * letters, until nobody has anything left to do.
 */
export async function playDeal(stage: Stage, part: DealPart): Promise<void> {
  const { session, acts } = part;
  let momentIsOver = false;
  for (;;) {
    const step = await session.nextStep();
    if (step.turn === "nobody") break;
    const own = step.yours ? step.action : undefined;
    const signed = signatureIn(session.file, "CustomerDealEndorsement") !== undefined;
    if (own !== undefined && own === part.neglects && signed && !momentIsOver) {
      await untilMoment(stage, part);
      momentIsOver = true;
      continue;
    }
    const short = step.turn === session.role ? step.missing.find((each) => each.kind === "allowance") : undefined;
    if (short !== undefined && part.allow !== undefined) {
      await part.allow(short.short);
      continue;
    }
    const act = own === undefined ? undefined : acts[own];
    if (own !== undefined && act !== undefined) {
      await act();
      await tell(stage, part);
      if (own === part.silentAfter) {
        await stage.untilMoment();
        return;
      }
      continue;
    }
    if (!momentIsOver && (await stands(session))) {
      await untilMoment(stage, part);
      momentIsOver = true;
      continue;
    }
    await listen(stage, part, step);
  }
  await part.atEnd?.();
  if (!momentIsOver) await stage.untilMoment();
}

/** Whether the deal is on the chain: then nothing but the rebate is left, and that has its time. */
async function stands(session: DealSession): Promise<boolean> {
  const { referral } = await session.facts();
  return referral !== undefined && referral.state !== "NONE";
}

async function untilMoment(stage: Stage, { afterMoment }: DealPart): Promise<void> {
  await stage.untilMoment();
  await afterMoment?.();
}

/** Waits for a letter; a buyer that waits in vain for the merchant puts the deal on the chain itself. */
async function listen(stage: Stage, part: DealPart, step: NextStep): Promise<void> {
  const { plan, session, acts, lodges } = part;
  const what = `story ${plan.story}: ${step.what.replace(/\.$/, "")}`;
  const { lodge } = acts;
  if (lodges !== true || lodge === undefined || step.fallback?.action !== "lodge") {
    await session.receive(await stage.receive(plan.story, what));
    return;
  }
  const letter = await stage.receiveWithin(plan.story, what, COURTESY);
  if (letter !== undefined) {
    await session.receive(letter);
    return;
  }
  await lodge();
  await tell(stage, part);
}

/** Sends the file to the other parties that it names. */
async function tell(stage: Stage, { plan, session }: DealPart): Promise<void> {
  const names = [MERCHANT, plan.customer, ...(session.file.body.buyer === undefined ? [] : [plan.buyer])];
  for (const name of names) if (name !== stage.name) await stage.post(name, plan.story, session.export());
}
