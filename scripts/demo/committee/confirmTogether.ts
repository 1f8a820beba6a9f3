import { type GroupKeyPoint, groupKeyConfirmationTypedData, hashTyped, signTyped } from "../../../sdk/src/index.js";
import { committeePlan } from "./plan.js";
import type { Seat } from "./Seat.js";

/** Which key to confirm, for which epoch, by whom. */
export type ConfirmTogetherParameters = {
  readonly committeeId: string;
  readonly epoch: number;
  /** The epoch's members; the first one collects the signatures and submits. */
  readonly names: readonly string[];
  /** The key of which this member holds a share. */
  readonly groupKey: GroupKeyPoint;
};

/** Signs that this member holds a share of the group key; the first member submits everybody's word. */
export async function confirmTogether({ stage }: Seat, parameters: ConfirmTogetherParameters): Promise<void> {
  const { committeeId, epoch, names, groupKey } = parameters;
  const { committees } = stage.hall;
  const typedData = groupKeyConfirmationTypedData(committees.place, { committeeId, epoch, groupKey });
  const { signature } = await signTyped(stage.signer, typedData);
  const [first = ""] = names;
  const subject = `confirmation-${epoch}`;
  if (stage.name !== first) {
    await stage.post(first, subject, signature);
    return;
  }
  const collector = await committees.collect({ committeeId, epoch, digest: hashTyped(typedData), membersOnly: true });
  await collector.add({ signature });
  while (collector.missing.count > 0) {
    await collector.add({ signature: await stage.receive(subject, "the members' word on the group key") });
  }
  await stage.sent(
    committeePlan.story,
    `confirms the group key for epoch ${epoch}, by ${collector.signers.length} members' signatures`,
    committees.confirmGroupKey({ committeeId, epoch, groupKey, approval: collector.build() }),
  );
}
