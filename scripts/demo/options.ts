import { parseArgs } from "node:util";

import { ScriptError } from "../support/ScriptError.js";
import { type OwnChain, ownChains } from "./chain/Chain.js";
import type { ChainChoice } from "./chain/openChain.js";

/** What the command line says. */
export type DemoOptions = {
  readonly chain: ChainChoice;
  /** Keep the chain running afterwards. */
  readonly keep: boolean;
  /** Seconds from the beginning to the rebate moment, waited for in real time; undefined to set the chain's clock where it can be. */
  readonly realTime: number | undefined;
  /** Seconds after which a silent party fails the run; undefined for what suits the chain. */
  readonly patience: number | undefined;
  readonly help: boolean;
};

export const USAGE = `npm run demo -- [options]
npm start -- [options]      the same, and keeps the chain running

Starts a chain, deploys the suite, plays every system end to end with each party in a process of its own, checks the
books, and exits 0; any mismatch exits 1.

  --chain <name>          hardhat (the default) or anvil
  --port <number>         the port of that chain; any free one when not given, 8545 with npm start
  --rpc <url>             play on this chain instead of starting one; the money comes from the key of the
                          configuration variable GUILDHALL_DEMO_KEY, or from the node's first unlocked account
  --real-time <seconds>   do not set the chain's clock: wait this long for the rebate moment, and then
                          for each cycle of the reward pools
  --patience <seconds>    how long a party may be silent before the run fails; what suits the chain when not given
  --keep                  keep the chain running afterwards`;

/**
 * Reads the command line.
 *
 * @throws {ScriptError} `OptionInvalid`; what `parseArgs` throws for an option that there is not.
 */
export function readOptions(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      chain: { type: "string" },
      port: { type: "string" },
      rpc: { type: "string" },
      "real-time": { type: "string" },
      patience: { type: "string" },
      keep: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { chain = "hardhat", port, rpc, "real-time": realTime, patience, keep, help } = values;
  if (rpc !== undefined) {
    if (values.chain !== undefined || port !== undefined || keep) {
      throw invalid("--rpc names a chain that runs already", "Leave out --chain, --port and --keep.");
    }
    if (!/^https?:$/.test(URL.parse(rpc)?.protocol ?? "")) {
      throw invalid(`--rpc ${rpc} is no http or https URL`, "Pass one such as http://127.0.0.1:8545.");
    }
  }
  if (!isOwnChain(chain)) throw invalid(`--chain ${chain} is not known`, `Pass one of ${ownChains.join(", ")}.`);
  return {
    chain:
      rpc === undefined
        ? { start: chain, port: port === undefined ? (keep ? 8545 : 0) : whole("--port", port, 65_535) }
        : { url: rpc },
    keep,
    realTime: realTime === undefined ? undefined : whole("--real-time", realTime, 86_400),
    patience: patience === undefined ? undefined : whole("--patience", patience, 86_400),
    help,
  };
}

function isOwnChain(name: string): name is OwnChain {
  return (ownChains as readonly string[]).includes(name);
}

function whole(option: string, text: string, max: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= max && text.trim() !== "") return value;
  throw invalid(`${option} ${text} is no whole number from 0 to ${max}`, "Pass one.");
}

function invalid(what: string, advice: string): ScriptError {
  return new ScriptError("OptionInvalid", `${what}. ${advice}`);
}
