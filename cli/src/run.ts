import { Command, CommanderError } from "commander";

import { certificatesCommand } from "./certificates/certificatesCommand.js";
import { EXIT_CODES, type ExitCode } from "./ExitCode.js";
import { exitCodeOf } from "./exitCodeOf.js";
import { reportError } from "./reportError.js";
import { rewardsCommand } from "./rewards/rewardsCommand.js";
import type { Terminal } from "./Terminal.js";
import { toCliError } from "./toCliError.js";

/** Runs one command line, and gives its exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT_CODES.ok;
  const end = (given: ExitCode): void => {
    code = given;
  };
  const program = new Command("guildhall")
    .description("The command line of Guildhall.")
    .addCommand(certificatesCommand({ terminal, end }))
    .addCommand(rewardsCommand({ terminal, end }));
  prepare(program, terminal);
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    // Commander has said it already; help that was asked for is no fault.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
    const told = toCliError(error);
    reportError(terminal, told, args.includes("--json"));
    return exitCodeOf(told);
  }
}

/** Commands neither print nor end the process by themselves. */
function prepare(command: Command, terminal: Terminal): void {
  command.exitOverride().configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  for (const each of command.commands) prepare(each, terminal);
}
