/**
 * The main job: starts a chain, deploys the suite, plays every system end to end with each party in a process of its own,
 * and checks the books. Exits 0 where everything adds up, else 1.
 */
import { ScriptError } from "./support/ScriptError.js";
import { openChain } from "./demo/chain/openChain.js";
import { type DemoOptions, readOptions, USAGE } from "./demo/options.js";
import { Progress } from "./demo/report/Progress.js";
import { formatAccounts } from "./demo/report/formatAccounts.js";
import { runDemo } from "./demo/runDemo.js";

async function main(options: DemoOptions, signal: AbortSignal): Promise<void> {
  const progress = new Progress();
  const chain = await openChain(options.chain);
  try {
    progress.note(`Playing on ${chain.name} at ${chain.url}`);
    const { directory, token } = await runDemo({ ...options, url: chain.url, progress, signal });
    progress.note("Everything was played, and the books are right: held = owed.");
    if (options.keep) {
      console.log(
        `\n${formatAccounts({ url: chain.url, directory, token })}\n\nThe chain runs until you press Ctrl-C.`,
      );
      await untilAborted(signal);
    }
  } finally {
    await chain.stop();
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    // Keeps the process alive where the chain runs in another.
    const timer = setInterval(() => undefined, 60_000);
    signal.addEventListener("abort", () => {
      clearInterval(timer);
      resolve();
    });
  });
}

function tell(error: unknown): void {
  if (error instanceof ScriptError) console.error(`\n${error.code}: ${error.message}`);
  // Hardhat's own errors, as of a missing key, and those of the command line are written for their users.
  else if (error instanceof Error && /^HHE|^Unknown option|^Option /.test(error.message)) console.error(error.message);
  else console.error(error);
}

const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(name, () => {
    interruption.abort();
  });
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(USAGE);
  else await main(options, interruption.signal);
  process.exit(0);
} catch (error) {
  tell(error);
  process.exit(1);
}
