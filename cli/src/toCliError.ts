import { CliError } from "./CliError.js";

const ADVICE: Readonly<Record<string, string>> = {
  EACCES: "Ask for the right to use it, or name another file.",
  EISDIR: "Name a file instead of a folder.",
  ENOENT: "Check the path.",
  ENOSPC: "Make room on the disk.",
};

/** A refusal of the file system as an error of ours; any other error as it is. */
export function toCliError(error: unknown): unknown {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return error;
  const reason = String(error.code);
  const path = "path" in error ? String(error.path) : "the file";
  return new CliError({
    code: "CLI_FILE",
    args: { path, reason },
    what: `The file system refuses ${path}: ${reason}.`,
    advice: ADVICE[reason] ?? "See to the file system, then run the command again.",
    cause: error,
  });
}
