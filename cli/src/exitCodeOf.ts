import {
  ConnectionError,
  ContractRevertError,
  RewardError,
  RosterError,
  RpcError,
  TransactionError,
} from "../../sdk/src/index.js";
import { CliError } from "./CliError.js";
import { EXIT_CODES, type ExitCode } from "./ExitCode.js";

/** The exit code that an error stands for. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CliError) {
    if (error.code === "CLI_STATE") return EXIT_CODES.chain;
    return error.code === "CLI_OPTION" ? EXIT_CODES.usage : EXIT_CODES.input;
  }
  if (error instanceof RosterError) return EXIT_CODES.input;
  const ofChain = [ConnectionError, ContractRevertError, RewardError, RpcError, TransactionError];
  return ofChain.some((kind) => error instanceof kind) ? EXIT_CODES.chain : EXIT_CODES.fault;
}
