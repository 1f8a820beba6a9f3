import { expect } from "chai";

import type { Situation } from "./Slot.js";

/** The signature is taken, by every function that is asked. */
export async function takes(situation: Situation, signature: string): Promise<void> {
  if (situation.ask !== undefined) expect(await situation.ask(signature)).to.equal(true);
  await situation.present(signature);
}

/** The signature is refused with the error that the contract documents, by every function that is asked. */
export async function refuses(situation: Situation, signature: string, what?: string): Promise<void> {
  const [error, args] = situation.refusal(signature);
  await expect(situation.present(signature), what)
    .to.be.revertedWithCustomError(situation.contract, error)
    .withArgs(...args);
  if (situation.ask !== undefined) expect(await situation.ask(signature), what).to.equal(false);
}
