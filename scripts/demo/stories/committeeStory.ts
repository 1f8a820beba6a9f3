import { committeePlan } from "../committee/plan.js";
import type { ExpectedStep, Story } from "./Story.js";

const { story, before, after } = committeePlan;
const [founder] = before;
const [successor] = after;

const each = (actors: readonly string[], step: string): readonly ExpectedStep[] =>
  actors.map((actor) => ({ actor, step }));

/** Five members make a key that nobody ever held, approve with it, and hand it on. */
export const committeeStory: Story = {
  id: story,
  title: "A committee makes a key, approves with it, and hands it on",
  steps: [
    ...each(before, "holds its share of a group key that nobody ever held"),
    { actor: founder, step: "creates the committee, 4 of 5", onChain: true },
    { actor: founder, step: "confirms the group key for epoch 1, by 4 members' signatures", onChain: true },
    { actor: founder, step: "has a statement approved by FROST in epoch 1; the registry accepts it" },
    {
      actor: founder,
      step: "offers that approval for another statement",
      refusal: "CommitteeWrongGroupSignature",
    },
    ...each(after, "holds a new share of the same group key"),
    { actor: founder, step: "rotates the committee, approved by FROST; the old epoch stays in grace", onChain: true },
    { actor: successor, step: "confirms the group key for epoch 2, by 4 members' signatures", onChain: true },
    { actor: successor, step: "has a statement approved by FROST in epoch 2; the registry accepts it" },
    {
      actor: successor,
      step: "offers that approval for another statement",
      refusal: "CommitteeWrongGroupSignature",
    },
    { actor: successor, step: "shows the old committee's statement within its grace; the registry accepts it" },
    { actor: successor, step: "shows the old committee's statement after its grace", refusal: "CommitteeEpochOver" },
    { actor: successor, step: "shows the new committee's statement; the registry accepts it" },
  ],
  given: {},
  changesAtMoment: {},
  changesAtEnd: {},
};
