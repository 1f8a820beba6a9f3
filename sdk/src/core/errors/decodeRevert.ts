import { AbiCoder, dataSlice, ErrorFragment, isHexString } from "ethers";

import { suiteErrorsAbi } from "../../generated/abis.js";
import { toPlain } from "../abi/toPlain.js";
import { ContractRevertError, type RevertName } from "./ContractRevertError.js";
import { describeValue } from "./describeValue.js";
import { errorAdvice } from "./errorAdvice.js";
import type { ErrorArgs } from "./GuildhallError.js";
import { panicReasons } from "./panicReasons.js";
import { standardErrorsAbi } from "./standardErrors.js";

let fragments: ReadonlyMap<string, ErrorFragment> | undefined;

/** All known errors by selector, made on first use: reading the ABIs takes some milliseconds. */
function knownErrors(): ReadonlyMap<string, ErrorFragment> {
  fragments ??= new Map(
    [...standardErrorsAbi, ...suiteErrorsAbi].map((item) => {
      const fragment = ErrorFragment.from(item);
      return [fragment.selector, fragment];
    }),
  );
  return fragments;
}

/** What to decode. */
export type DecodeRevertParameters = {
  /** The bytes that the contract reverted with, hex. */
  readonly data: string;
  /** The address that was called. */
  readonly contract?: string | undefined;
  readonly cause?: unknown;
};

function details(name: string, args: ErrorArgs): string {
  if (name === "Panic" && typeof args["code"] === "bigint") {
    const code = `0x${args["code"].toString(16).padStart(2, "0")}`;
    return `Panic(${code}: ${panicReasons[code] ?? "no known reason"})`;
  }
  const list = Object.entries(args).map(([key, value]) => `${key} = ${describeValue(value)}`);
  return `${name}(${list.join(", ")})`;
}

/**
 * Reads the bytes that a contract reverted with: an error of the suite, of OpenZeppelin's libraries, of ERC-6093,
 * Permit2, or of the language itself. Bytes that fit none of them give the name "Unknown".
 *
 * @example
 * import { decodeRevert } from "@guildhall/sdk";
 * const error = decodeRevert({ data: "0x3ee5aeb5" });
 * assert.equal(error.name, "ReentrancyGuardReentrantCall");
 */
export function decodeRevert({ data, contract, cause }: DecodeRevertParameters): ContractRevertError {
  const bytes = isHexString(data) && data.length % 2 === 0 ? data : "0x";
  const where = contract === undefined ? "The contract" : `The contract ${contract}`;
  try {
    const fragment = knownErrors().get(bytes.slice(0, 10).toLowerCase());
    if (fragment !== undefined) {
      const args = toPlain(fragment.inputs, AbiCoder.defaultAbiCoder().decode(fragment.inputs, dataSlice(bytes, 4)));
      return new ContractRevertError({
        name: fragment.name as RevertName,
        args,
        contract,
        what: `${where} reverted with ${details(fragment.name, args)}.`,
        advice: errorAdvice[fragment.name] ?? "Look the error up in the contract's interface.",
        data: bytes,
        cause,
      });
    }
  } catch {
    // The selector is known and the arguments are not as declared: another contract's error, or damaged bytes.
  }
  return new ContractRevertError<"Unknown">({
    name: "Unknown",
    args: { data: bytes },
    contract,
    what:
      bytes === "0x"
        ? `${where} reverted without a reason.`
        : `${where} reverted with bytes that fit no known error: ${bytes.slice(0, 74)}.`,
    advice: "Check the address and the chain, and look into the contracts that it calls, such as the token.",
    data: bytes,
    cause,
  });
}
