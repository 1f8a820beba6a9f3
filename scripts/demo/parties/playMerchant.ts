import { hexlify, randomBytes } from "ethers";

import { MerchantSession, type Order } from "../../../sdk/src/index.js";
import { ScriptError } from "../../support/ScriptError.js";
import { StandardToken__factory } from "../../../typechain-types/factories/mocks/tokens/StandardToken__factory.js";
import type { DealPlan } from "../deals/DealPlan.js";
import { dealPlans } from "../deals/dealPlans.js";
import { type DealActs, playDeal } from "../deals/playDeal.js";
import { readShopOrders } from "../deals/readShopOrders.js";
import { sessionOptions } from "../deals/sessionOptions.js";
import type { Stage } from "./Stage.js";

/** Seconds before the moment from which the merchant consents to nothing more. */
const MARGIN = 5;

/** Plays the merchant: reads what its shop exported, and plays the deal on each order at the same time. */
export async function playMerchant(stage: Stage): Promise<void> {
  // Known to nobody else: what was sold cannot be guessed from its hash.
  const orders = readShopOrders(stage, hexlify(randomBytes(32)));
  await Promise.all(dealPlans.map((plan) => playOrder(stage, plan, orders)));
}

async function playOrder(stage: Stage, plan: DealPlan, orders: ReadonlyMap<string, Order>): Promise<void> {
  const order = orders.get(plan.order);
  if (order === undefined) throw new ScriptError("OrderMissing", `The shop exported no good order ${plan.order}.`);
  const { story, paidElsewhere } = plan;
  const session = await MerchantSession.open({ ...sessionOptions(stage), margin: MARGIN });
  await session.draftSale({ ...order.sale, paidElsewhere });
  stage.did(story, "drafts the sale from the order, and signs it");
  await stage.post(plan.customer, story, session.export());
  await playDeal(stage, {
    plan,
    session,
    acts: actsOf(stage, plan, session),
    allow: async (amount) => {
      const token = StandardToken__factory.connect(stage.setup.token, stage.signer);
      const approval = await token.approve(stage.hall.deals.address, amount);
      await stage.sentPlain(story, "lets ReferralDeals take the bond", approval);
    },
    ...(plan.merchant === "silent" ? { silentAfter: "openOffer" } : {}),
  });
}

function actsOf(stage: Stage, plan: DealPlan, session: MerchantSession): DealActs {
  const { story } = plan;
  const { deals } = stage.hall;
  return {
    ...(plan.paidElsewhere
      ? { recordSale: () => stage.sent(story, "records the sale, paid elsewhere", deals.recordSale(session.file)) }
      : {}),
    draftOffer: async () => {
      await session.draftOffer({ ...plan.offer, rebateMoment: stage.setup.moment });
      stage.did(story, "drafts offer and rebate promise, and signs both");
    },
    openOffer: () => stage.sent(story, "opens the offer with its bond", deals.openOffer(session.file)),
    settle: async () => {
      if (plan.merchant === "cancels") {
        await stage.sent(story, "cancels the offer", deals.cancelOffer(session.file));
        return;
      }
      await session.approveDeal();
      await stage.sent(story, "settles the deal", deals.settle(session.file));
    },
    ...(plan.payer === "merchant"
      ? { payRebate: () => stage.sent(story, "takes the rebate back", deals.payRebate(session.file)) }
      : {}),
  };
}
