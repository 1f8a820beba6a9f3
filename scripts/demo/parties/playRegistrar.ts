import { hexlify, randomBytes } from "ethers";

import { registrarRebindingTypedData, signTyped } from "../../../sdk/src/index.js";
import { ScriptError } from "../../support/ScriptError.js";
import { poolOf } from "../rewards/poolOf.js";
import { rewardFiles } from "../rewards/rewardFiles.js";
import { COURIER, COURIERS, CYCLES, MOVE_AFTER, OPERATOR, RELAYER, rewardPlans } from "../rewards/rewardPlans.js";
import type { SignedMove, WishedMove } from "../rewards/SignedMove.js";
import { untilMoments } from "../rewards/untilMoments.js";
import { makeCouriers } from "../rewards/users/makeCouriers.js";
import { writeCouriers } from "../rewards/users/writeCouriers.js";
import type { Stage } from "./Stage.js";

/** Plays the registrar: gives couriers salted ids, binds them to their accounts, and signs the move of one. */
export async function playRegistrar(stage: Stage): Promise<void> {
  const { hall, setup } = stage;
  await stage.receive("created", "that the pools are there");
  const { address } = stage.person(COURIER);
  const known = new Map(rewardPlans.flatMap(({ moving }) => (moving === undefined ? [] : [[moving, address]])));
  const couriers = makeCouriers({ count: COURIERS, salt: hexlify(randomBytes(32)), known });
  await writeCouriers(rewardFiles(setup.mailbox).couriers, couriers);
  for (const { story, couriers: count } of rewardPlans) {
    const users = couriers.slice(0, count).map(({ userId, account }) => ({ userId, account }));
    const binding = hall.rewards.bindUsers({ poolId: poolOf(setup, story), users });
    const step = `binds ${count.toLocaleString("en-US")} couriers to their accounts`;
    await stage.worked(story, step, requireBound(binding));
  }
  for (const name of [OPERATOR, RELAYER, COURIER]) await stage.post(name, "bound", "All couriers are bound.");
  for (let cycle = 0; cycle < CYCLES; ++cycle) {
    await untilMoments(stage, cycle);
    if (cycle === MOVE_AFTER) await signMove(stage);
  }
}

async function* requireBound(
  steps: ReturnType<Stage["hall"]["rewards"]["bindUsers"]>,
): AsyncGenerator<undefined, void, void> {
  for await (const { refused } of steps) {
    const [first] = refused;
    if (first !== undefined) throw new ScriptError("NotBound", `The user ${first.userId} could not be bound.`);
    yield undefined;
  }
}

async function signMove(stage: Stage): Promise<void> {
  const move = JSON.parse(await stage.receive("wish", "the courier's wish to move")) as WishedMove;
  const data = registrarRebindingTypedData(stage.hall.rewards.place, move.rebinding);
  const { signature } = await signTyped(stage.signer, data);
  stage.did(move.story, "signs the move, as the second of the two");
  const signed: SignedMove = { ...move, registrarSignature: signature };
  await stage.post(RELAYER, "move", JSON.stringify(signed));
}
