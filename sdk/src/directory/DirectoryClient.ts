import { decodeBytes32String, encodeBytes32String } from "ethers";

import type { IDirectory } from "../../../typechain-types/directory/IDirectory.js";
import type { ClientContext } from "../core/ClientContext.js";
import { ConnectionError } from "../core/ConnectionError.js";
import { withDecodedErrors } from "../core/errors/withDecodedErrors.js";
import { bindContract } from "../core/abi/bindContract.js";
import { directoryAbi } from "../generated/abis.js";

/** One line of a directory. */
export type DirectoryEntry = { readonly name: string; readonly account: string };

function encodeName(name: string): string {
  // What the contract takes: see docs/directory.md.
  if (/^[\x21-\x7e]{1,31}$/.test(name)) return encodeBytes32String(name);
  throw new ConnectionError({
    code: "INVALID_NAME",
    args: { name },
    what: `"${name.slice(0, 80)}" cannot be a name in a directory.`,
    advice: "Pass 1 to 31 printable ASCII characters without spaces.",
  });
}

/** Reads the directory of a deployment: names to addresses. */
export class DirectoryClient {
  /** The directory's address. */
  readonly address: string;
  /** The TypeChain binding, for what this client does not offer. */
  readonly contract: IDirectory;

  constructor({ runner, addresses }: Pick<ClientContext, "runner" | "addresses">) {
    this.address = addresses.Directory;
    this.contract = bindContract(directoryAbi, this.address, runner);
  }

  /**
   * The address of a contract.
   *
   * Errors: {@link ConnectionError} INVALID_NAME where no directory can have such a name; {@link ContractRevertError}
   * DirectoryUnknownName.
   *
   * @example
   * import { Guildhall } from "@guildhall/sdk";
   * const hall = await Guildhall.connect(provider, { directory });
   * assert.equal(await hall.directory.addressOf("ReferralDeals"), hall.context.addresses.ReferralDeals);
   */
  async addressOf(name: string): Promise<string> {
    const encoded = encodeName(name);
    return withDecodedErrors(() => this.contract.addressOf(encoded), this.address);
  }

  /**
   * All lines, in the order of deployment.
   *
   * @example
   * import { Guildhall } from "@guildhall/sdk";
   * const hall = await Guildhall.connect(provider, { directory });
   * const names = (await hall.directory.entries()).map(({ name }) => name);
   * assert.ok(names.includes("CommitteeRegistry"));
   */
  async entries(): Promise<readonly DirectoryEntry[]> {
    const lines = await withDecodedErrors(() => this.contract.entries(), this.address);
    return lines.map(({ name, account }) => ({ name: decodeBytes32String(name), account }));
  }

  /** The directory of the release before, where there is one. */
  async previous(): Promise<string | undefined> {
    const address = await withDecodedErrors(() => this.contract.previous(), this.address);
    return /^0x0+$/.test(address) ? undefined : address;
  }
}
