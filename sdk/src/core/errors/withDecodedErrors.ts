import { toGuildhallError } from "./toGuildhallError.js";

/**
 * Runs something that talks to a node and throws what goes wrong as the SDK's own errors: reverts with name, arguments
 * and advice, transport faults with a code.
 *
 * @param run What to run
 * @param contract The address it calls, for the message
 *
 * @example
 * import { isRevert, withDecodedErrors } from "@guildhall/sdk";
 * const refused = Object.assign(new TypeError("reverted"), { code: "CALL_EXCEPTION", data: "0x3ee5aeb5" });
 * const error = await withDecodedErrors(() => Promise.reject(refused)).catch((caught: unknown) => caught);
 * assert.ok(isRevert(error, "ReentrancyGuardReentrantCall"));
 */
export async function withDecodedErrors<T>(run: () => Promise<T>, contract?: string): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw toGuildhallError(error, contract);
  }
}
