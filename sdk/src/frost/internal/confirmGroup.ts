import { fault, type FrostChannel } from "../channel/FrostChannel.js";
import type { FrostGroup } from "../FrostGroup.js";
import { digestOfGroup } from "./digestOfGroup.js";

export type ConfirmGroupOptions = {
  readonly channel: FrostChannel;
  readonly round: string;
  readonly group: FrostGroup;
  /** Those who end with a share. */
  readonly confirmers: readonly string[];
  readonly signal: AbortSignal;
};

/** Ends a run only once every member has said that it holds its share of the same group. */
export async function confirmGroup({ channel, round, group, confirmers, signal }: ConfirmGroupOptions): Promise<void> {
  const digest = digestOfGroup(group);
  if (confirmers.includes(channel.self)) await channel.broadcast(round, digest);
  const others = confirmers.filter((id) => id !== channel.self);
  for (const [member, envelope] of await channel.collect(round, others, signal)) {
    if (envelope.body !== digest) throw fault("FROST_BAD_CONFIRMATION", [member], round);
  }
}
