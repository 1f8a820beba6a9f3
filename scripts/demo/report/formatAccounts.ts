import { HDNodeWallet } from "ethers";

import { formatTable } from "./formatTable.js";

/** The phrase from which Hardhat and Foundry make the accounts of their chains: everybody knows it. */
const PHRASE = "test test test test test test test test test test test junk";

/** What a front end needs to know. */
export type FormatAccountsParameters = {
  readonly url: string;
  readonly directory: string;
  readonly token: string;
};

/** What a front end needs: where the chain is, the one address to start from, a token, and accounts to try things with. */
export function formatAccounts({ url, directory, token }: FormatAccountsParameters): string {
  const accounts = Array.from({ length: 5 }, (_, index) => {
    const { address, privateKey } = HDNodeWallet.fromPhrase(PHRASE, undefined, `m/44'/60'/0'/0/${index}`);
    return [`account ${index}`, address, privateKey];
  });
  return [
    formatTable([
      ["RPC URL", url],
      ["directory", directory],
      ["token", `${token} (anyone may mint)`],
    ]),
    "Accounts for trying things out. Their keys are known to everybody: never send anything of value to them.",
    formatTable(accounts),
  ].join("\n");
}
