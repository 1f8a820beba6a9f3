import { hexlify, randomBytes } from "ethers";

import { BuyerSession } from "../../../sdk/src/index.js";
import { ScriptError } from "../../support/ScriptError.js";
import { planOf } from "../deals/dealPlans.js";
import { playDeal } from "../deals/playDeal.js";
import { sessionOptions } from "../deals/sessionOptions.js";
import type { Stage } from "./Stage.js";

/** Plays a buyer: accepts the offer, drafts the deal and pays it. */
export async function playBuyer(stage: Stage): Promise<void> {
  const plan = planOf(stage.name);
  if (plan === undefined) throw new ScriptError("PlanMissing", `No deal is planned for ${stage.name}.`);
  const { story } = plan;
  const { deals } = stage.hall;
  const session = await BuyerSession.open(sessionOptions(stage));
  await playDeal(stage, {
    plan,
    session,
    acts: {
      endorseOffer: async () => {
        await session.endorseOffer();
        stage.did(story, "accepts the offer");
      },
      endorsePromise: async () => {
        await session.endorsePromise();
        stage.did(story, "endorses the rebate promise");
      },
      draftDeal: async () => {
        // What is sold is nobody else's business: the chain sees a salted hash.
        await session.draftDeal({ itemHash: hexlify(randomBytes(32)) });
        stage.did(story, "drafts the new deal at the offer's price");
      },
      signDeal: async () => {
        await session.signDeal({ method: "PERMIT" });
        stage.did(story, "signs the new deal, and a permit for its price");
      },
      lodge: () =>
        stage.sent(story, "lodges the deal without the merchant, its price in escrow", deals.lodge(session.file)),
      refundLodged: () =>
        stage.sent(story, "takes its money back; the default is on record", deals.refundLodged(session.file)),
      ...(plan.payer === "buyer"
        ? { payRebate: () => stage.sent(story, "triggers the rebate for the customer", deals.payRebate(session.file)) }
        : {}),
    },
    lodges: plan.merchant === "silent",
    ...(plan.merchant === "cancels"
      ? {
          atEnd: () =>
            stage.refused(story, "lodges the deal although the offer is cancelled", () => deals.lodge(session.file)),
        }
      : {}),
  });
}
