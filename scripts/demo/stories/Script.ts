import type { StepReport } from "../parties/messages.js";
import type { ExpectedStep, Story } from "./Story.js";

/** A step that was shown, with what it cost. */
export type ShownStep = ExpectedStep & {
  readonly story: string;
  /** Gas of its transactions. */
  readonly gas?: bigint;
};

/** Follows the stories: what was shown, what was not to be shown, what is missing. */
export class Script {
  readonly #stories: readonly Story[];
  readonly #shown = new Map<ExpectedStep, ShownStep>();

  constructor(stories: readonly Story[]) {
    this.#stories = stories;
  }

  /** Notes a step. Gives what is wrong with it, if anything is. */
  show(
    actor: string,
    { story, step, detail, hashes, refusal }: StepReport,
    gas: bigint | undefined,
  ): string | undefined {
    const expected = this.#stories
      .find(({ id }) => id === story)
      ?.steps.find((each) => each.actor === actor && each.step === step && !this.#shown.has(each));
    if (expected === undefined) return `${actor} showed "${step}" in story ${story}, which is not in the script.`;
    if (expected.refusal !== refusal) {
      const should = expected.refusal === undefined ? "done" : `refused as ${expected.refusal}`;
      const was = refusal === undefined ? "done" : `refused as ${refusal}`;
      return `"${step}" by ${actor} was to be ${should}, and was ${was}.`;
    }
    if (expected.detail !== detail) {
      return `"${step}" by ${actor} was to say "${expected.detail ?? ""}", and said "${detail ?? ""}".`;
    }
    const sent = hashes !== undefined && hashes.length > 0;
    if ((expected.onChain === true) !== sent) {
      return `"${step}" by ${actor} was ${sent ? "a transaction" : "no transaction"}.`;
    }
    this.#shown.set(expected, { ...expected, story, ...(gas === undefined ? {} : { gas }) });
    return undefined;
  }

  /** What was not shown. */
  missing(): readonly string[] {
    return this.#stories.flatMap(({ id, steps }) =>
      steps.filter((each) => !this.#shown.has(each)).map(({ actor, step }) => `${id}: ${actor} ${step}`),
    );
  }

  /** What was shown, story by story, in the order of the script. */
  shown(): readonly ShownStep[] {
    return this.#stories.flatMap(({ steps }) => steps.flatMap((each) => this.#shown.get(each) ?? []));
  }
}
