import { CustomerSession } from "../../../sdk/src/index.js";
import { ScriptError } from "../../support/ScriptError.js";
import { planOf } from "../deals/dealPlans.js";
import { playDeal } from "../deals/playDeal.js";
import { sessionOptions } from "../deals/sessionOptions.js";
import type { Stage } from "./Stage.js";

/** Plays a customer: brings a buyer, signs with it, and sees to its rebate. */
export async function playCustomer(stage: Stage): Promise<void> {
  const plan = planOf(stage.name);
  if (plan === undefined) throw new ScriptError("PlanMissing", `No deal is planned for ${stage.name}.`);
  const { story } = plan;
  const { deals } = stage.hall;
  const session = await CustomerSession.open(sessionOptions(stage));
  await playDeal(stage, {
    plan,
    session,
    acts: {
      endorseSale: async () => {
        await session.endorseSale({ method: plan.paidElsewhere ? "ALLOWANCE" : "PERMIT" });
        stage.did(story, "endorses the sale");
      },
      ...(plan.paidElsewhere
        ? {}
        : {
            paySale: () =>
              stage.sent(story, "pays the sale through the contract, by a permit", deals.paySale(session.file)),
          }),
      endorseOffer: async () => {
        await session.endorseOffer({ buyer: stage.person(plan.buyer).address });
        stage.did(story, "endorses the offer for the buyer it brings");
      },
      signDeal: async () => {
        await session.signDeal();
        stage.did(story, "signs the new deal");
      },
      endorsePromise: async () => {
        await session.endorsePromise();
        stage.did(story, "endorses the rebate promise, as the last of the three");
      },
      ...(plan.customerLodges
        ? { lodgePromise: () => stage.sent(story, "lodges the rebate promise", deals.lodgePromise(session.file)) }
        : {}),
      ...(plan.payer === "customer"
        ? {
            payBondedRebate: () =>
              stage.sent(story, "asks for the rebate out of the bond", deals.payBondedRebate(session.file)),
          }
        : {}),
    },
    ...(plan.customerLodges ? {} : { neglects: "lodgePromise" }),
    ...(plan.story === "late"
      ? {
          afterMoment: () =>
            stage.refused(story, "lodges the rebate promise after the moment", () => deals.lodgePromise(session.file)),
        }
      : {}),
  });
}
