import type { HardhatPlugin } from "hardhat/types/plugins";

/**
 * Keeps the compiler's warnings about packages out of the build's output, so that one about our own code is seen. Errors
 * are shown wherever they are.
 */
export const quietLibraries: HardhatPlugin = {
  id: "quiet-libraries",
  hookHandlers: {
    solidity: () =>
      Promise.resolve({
        default: () =>
          Promise.resolve({
            getCompilationJobErrors: async (context, job, output, next) =>
              (await next(context, job, output)).filter(
                ({ severity, formattedMessage }) =>
                  severity === "error" ||
                  /--> (\S*)/.exec(formattedMessage ?? "")?.[1]?.includes("node_modules/") !== true,
              ),
          }),
      }),
  },
};
