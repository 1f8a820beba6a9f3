import { decodeBytes32String, encodeBytes32String } from "ethers";

import type { IDirectory } from "../../../typechain-types/directory/IDirectory.js";
import type { ClientContext } from "../core/ClientContext.js";
import { ConnectionError } from "../core/ConnectionError.js";
import { askNode } from "../core/errors/askNode.js";
import { readContract } from "../core/reads/readContract.js";
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

  readonly #context: Pick<ClientContext, "provider" | "chainId">;

  constructor(context: Pick<ClientContext, "runner" | "provider" | "chainId" | "addresses">) {
    this.address = context.addresses.Directory;
    this.contract = bindContract(directoryAbi, this.address, context.runner);
    this.#context = context;
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
    return readContract(this.#context, this.address, this.contract.addressOf, encoded);
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
    const lines = await readContract(this.#context, this.address, this.contract.entries);
    return askNode(() =>
      Promise.resolve(lines).then((found) =>
        found.map(({ name, account }) => ({ name: decodeBytes32String(name), account })),
      ),
    );
  }

  /** The directory of the release before, where there is one. */
  async previous(): Promise<string | undefined> {
    const address = await readContract(this.#context, this.address, this.contract.previous);
    return /^0x0+$/.test(address) ? undefined : address;
  }
}
