import { styleText } from "node:util";

/** Tells what happens while it happens, one line at a time. */
export class Progress {
  readonly #started = performance.now();
  readonly #isTerminal = process.stdout.isTTY;

  /** What the demo itself does. */
  note(text: string): void {
    this.#line(text);
  }

  /** What a party did in a story. */
  step(story: string, actor: string, text: string): void {
    this.#line(`${story.padEnd(10)} ${actor.padEnd(11)} ${text}`);
  }

  #line(text: string): void {
    const seconds = ((performance.now() - this.#started) / 1000).toFixed(1).padStart(6);
    console.log(`${this.#isTerminal ? styleText("dim", `${seconds} s`) : `${seconds} s`}  ${text}`);
  }
}
