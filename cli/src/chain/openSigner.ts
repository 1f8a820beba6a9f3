import { readFile } from "node:fs/promises";

import { isKeystoreJson, type JsonRpcProvider, type Signer, Wallet } from "ethers";

import { CliError } from "../CliError.js";
import { optionError } from "../optionError.js";
import type { Terminal } from "../Terminal.js";
import type { KeyOptions } from "./ChainOptions.js";

/**
 * The signer that the options name.
 *
 * Errors: {@link CliError} CLI_OPTION where they name none, or two; CLI_KEY where the keystore cannot be opened, or the node
 * has no such account.
 */
export async function openSigner(
  { from, keystore, passwordFile }: KeyOptions,
  provider: JsonRpcProvider,
  terminal: Terminal,
): Promise<Signer> {
  if (keystore !== undefined && from !== undefined) {
    throw optionError("--keystore and --from name two senders.", "Leave one of them out.");
  }
  if (passwordFile !== undefined && keystore === undefined) {
    throw optionError("--password-file is of --keystore.", "Name the keystore, or leave it out.");
  }
  if (from !== undefined) return openNodeAccount(from, provider);
  if (keystore === undefined) {
    throw optionError(
      "This sends transactions, and no key is named.",
      "Name it with --keystore, or --from on a local chain.",
    );
  }
  const json = await readFile(keystore, "utf8");
  if (!isKeystoreJson(json)) {
    throw keyError(`${keystore} is no encrypted keystore.`, "Name a JSON keystore of version 3, as wallets export it.");
  }
  const password = await readPassword(keystore, passwordFile, terminal);
  try {
    return (await Wallet.fromEncryptedJson(json, password)).connect(provider);
  } catch {
    // The cause could tell of the password.
    throw keyError(`The password does not open ${keystore}.`, "Check the password, or the file's line end.");
  }
}

async function openNodeAccount(from: string, provider: JsonRpcProvider): Promise<Signer> {
  const accounts = await provider.listAccounts().catch(() => []);
  const found = accounts.find(({ address }) => address.toLowerCase() === from.toLowerCase());
  if (found !== undefined) return found;
  throw keyError(`The node does not sign for ${from}.`, "Name one of its own accounts, or a key with --keystore.");
}

/** One line end at the file's end is no part of the password. */
async function readPassword(keystore: string, file: string | undefined, terminal: Terminal): Promise<string> {
  if (file !== undefined) return (await readFile(file, "utf8")).replace(/\r?\n$/, "");
  if (terminal.askSecret !== undefined) return terminal.askSecret(`Password of ${keystore}: `);
  throw optionError("Nobody is there to be asked for the password.", "Name a file that has it with --password-file.");
}

function keyError(what: string, advice: string): CliError {
  return new CliError({ code: "CLI_KEY", args: {}, what, advice });
}
