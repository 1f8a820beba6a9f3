import type { HardhatPlugin } from "hardhat/types/plugins";

/** What the compiler says of code or creation code that is too large for a chain. */
const SIZE_CODES: readonly string[] = ["5574", "3860"];

export type CompilerMessage = {
  readonly severity?: string;
  readonly errorCode?: string;
  readonly formattedMessage?: string;
};

/** Whether a message is about our own code and asks for a change: tests are deployed to no chain, so they may be large. */
export function concernsUs({ severity, errorCode = "", formattedMessage = "" }: CompilerMessage): boolean {
  if (severity === "error") return true;
  const file = /--> (\S*)/.exec(formattedMessage)?.[1] ?? "";
  if (file.includes("node_modules/")) return false;
  return !(SIZE_CODES.includes(errorCode) && /(?:^|\/)test\//.test(file));
}

/** Keeps other warnings of the compiler out of the build's output, so that one about our own code is seen. */
export const quietLibraries: HardhatPlugin = {
  id: "quiet-libraries",
  hookHandlers: {
    solidity: () =>
      Promise.resolve({
        default: () =>
          Promise.resolve({
            getCompilationJobErrors: async (context, job, output, next) =>
              (await next(context, job, output)).filter(concernsUs),
          }),
      }),
  },
};
