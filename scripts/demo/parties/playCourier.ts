import { Wallet } from "ethers";

import { cycleTimes, type Rebinding, signTyped, userRebindingTypedData } from "../../../sdk/src/index.js";
import { ScriptError } from "../../support/ScriptError.js";
import { poolOf } from "../rewards/poolOf.js";
import type { RewardPlan } from "../rewards/RewardPlan.js";
import { CYCLES, MOVE_AFTER, REGISTRAR, rewardPlans } from "../rewards/rewardPlans.js";
import { requireCycles } from "../rewards/requireCycles.js";
import type { WishedMove } from "../rewards/SignedMove.js";
import { untilMoments } from "../rewards/untilMoments.js";
import type { Stage } from "./Stage.js";

/** Plays a courier: the only one who ever signs anything, and only because he moves to a new account. */
export async function playCourier(stage: Stage): Promise<void> {
  await stage.receive("bound", "that the couriers are bound");
  for (let cycle = 0; cycle < CYCLES; ++cycle) {
    await untilMoments(stage, cycle);
    if (cycle !== MOVE_AFTER) continue;
    await stage.receive("settled", `that cycle ${cycle} is settled`);
    for (const plan of rewardPlans) if (plan.moving !== undefined) await wish(stage, plan, plan.moving);
  }
}

async function wish(stage: Stage, { story }: RewardPlan, courier: string): Promise<void> {
  const { rewards } = stage.hall;
  const poolId = poolOf(stage.setup, story);
  const account = await stage.signer.getAddress();
  const userId = await rewards.userIdOf(poolId, account);
  const member = userId === undefined ? undefined : await rewards.member(poolId, userId);
  if (member === undefined) throw new ScriptError("NotBound", `${courier} is not bound to ${account}.`);
  const rebinding: Rebinding = {
    poolId,
    userId: member.userId,
    account,
    newAccount: Wallet.createRandom().address,
    nonce: member.nonce,
    // No cycle that is played is as late.
    deadline: cycleTimes(requireCycles(stage), CYCLES).actionUntil,
  };
  const { signature } = await signTyped(stage.signer, userRebindingTypedData(rewards.place, rebinding));
  stage.did(story, `signs that ${courier} moves to a new account`);
  const wished: WishedMove = { story, courier, rebinding, userSignature: signature };
  await stage.post(REGISTRAR, "wish", JSON.stringify(wished));
}
