import type { suiteErrorsAbi } from "../../generated/abis.js";
import type { ErrorArgsOf, ErrorName } from "../abi/AbiTypes.js";
import { type ErrorArgs, GuildhallError } from "./GuildhallError.js";
import type { standardErrorsAbi } from "./standardErrors.js";

type SuiteErrors = typeof suiteErrorsAbi;
type StandardErrors = typeof standardErrorsAbi;

/** The names of all errors that are decoded; "Unknown" stands for revert data that fits none of them. */
export type RevertName = ErrorName<SuiteErrors> | ErrorName<StandardErrors> | "Unknown";

/** The arguments of a revert, by the error's name. */
export type RevertArgs<Name extends RevertName> =
  Name extends ErrorName<SuiteErrors>
    ? ErrorArgsOf<SuiteErrors, Name>
    : Name extends ErrorName<StandardErrors>
      ? ErrorArgsOf<StandardErrors, Name>
      : Name extends "Unknown"
        ? { readonly data: string }
        : ErrorArgs;

/** What a decoded revert is made of. */
export type ContractRevertErrorOptions<Name extends RevertName> = {
  readonly name: Name;
  readonly args: RevertArgs<Name>;
  /** The address that was called, where it is known. */
  readonly contract: string | undefined;
  readonly what: string;
  readonly advice: string;
  /** The revert data as it came. */
  readonly data: string;
  readonly cause?: unknown;
};

/** A contract refused: `name` and `args` are those of its custom error, `advice` says what to do. */
export class ContractRevertError<Name extends RevertName = RevertName> extends GuildhallError<
  "CONTRACT_REVERT",
  RevertArgs<Name>
> {
  override readonly name: Name;
  readonly contract: string | undefined;
  readonly data: string;

  constructor({ name, args, contract, what, advice, data, cause }: ContractRevertErrorOptions<Name>) {
    super({ code: "CONTRACT_REVERT", args, what, advice, cause });
    this.name = name;
    this.contract = contract;
    this.data = data;
  }
}
