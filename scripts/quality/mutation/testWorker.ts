/**
 * The process that {@link TestSession} starts in the copy of the tree: each message names test files to run, each answer is
 * the first failure. The first answer says that the files are loaded.
 */
import type { Answer } from "./TestRunner.js";
import { TestRunner } from "./TestRunner.js";

export type Request = { readonly files: readonly string[] };

const answer = (message: Answer): void => {
  process.send?.(message);
};

// What a test of the mutant before left behind says nothing of this one.
process.on("unhandledRejection", () => {});
const runner = await TestRunner.load(process.argv.slice(2));
process.on("message", ({ files }: Request) => {
  void runner.run(files).then(answer);
});
answer({ tests: 0 });
