import {
  CertificateError,
  ConnectionError,
  ContractRevertError,
  DocumentError,
  RewardError,
  RosterError,
  RpcError,
  TransactionError,
} from "../../sdk/src/index.js";
import { CliError } from "./CliError.js";
import { EXIT_CODES, type ExitCode } from "./ExitCode.js";

/** What a certificate's state does not allow. */
const OF_CHAIN: ReadonlySet<string> = new Set(["CERTIFICATE_NOT_ALLOWED", "CERTIFICATE_NOT_HEAD"]);

/** The exit code that an error stands for. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CliError) {
    if (error.code === "CLI_STATE") return EXIT_CODES.chain;
    return error.code === "CLI_OPTION" ? EXIT_CODES.usage : EXIT_CODES.input;
  }
  if (error instanceof RosterError || error instanceof DocumentError) return EXIT_CODES.input;
  // What is wrong with a certificate's bytes is a file's fault; what it may not do is the chain's.
  if (error instanceof CertificateError) return OF_CHAIN.has(String(error.code)) ? EXIT_CODES.chain : EXIT_CODES.input;
  const ofChain = [ConnectionError, ContractRevertError, RewardError, RpcError, TransactionError];
  return ofChain.some((kind) => error instanceof kind) ? EXIT_CODES.chain : EXIT_CODES.fault;
}
