import { ContractRevertError, type RevertName } from "./ContractRevertError.js";

/**
 * Whether an error is a contract's revert, by name where one is given; narrows its arguments.
 *
 * @example
 * import { decodeRevert, isRevert } from "@guildhall/sdk";
 * const data = "0x4e487b710000000000000000000000000000000000000000000000000000000000000011";
 * const error: unknown = decodeRevert({ data });
 * if (isRevert(error, "Panic")) assert.equal(error.args.code, 0x11n);
 * assert.equal(isRevert(error, "DealsTooLate"), false);
 */
export function isRevert<Name extends RevertName>(error: unknown, name?: Name): error is ContractRevertError<Name> {
  return error instanceof ContractRevertError && (name === undefined || error.name === name);
}
