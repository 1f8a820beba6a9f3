import { decodeBytes32String, getAddress, isAddress, type Provider } from "ethers";

import { ConnectionError } from "../ConnectionError.js";
import { askNode } from "../errors/askNode.js";
import { ContractRevertError } from "../errors/ContractRevertError.js";
import { RpcError } from "../errors/RpcError.js";
import type { Addresses } from "./Deployment.js";
import { requireCode } from "./requireCode.js";
import { bindContract } from "../abi/bindContract.js";
import { directoryAbi } from "../../generated/abis.js";

function notADirectory(address: string, cause: unknown): ConnectionError {
  return new ConnectionError({
    code: "NOT_A_DIRECTORY",
    args: { directory: address },
    what: `The contract at ${address} does not answer as a Guildhall directory.`,
    advice: "Pass the address of the Directory contract of the deployment.",
    cause,
  });
}

/** Reads the addresses of a deployment from its directory. */
export async function readDirectory(provider: Provider, address: string): Promise<Addresses> {
  const wellFormed: boolean = isAddress(address);
  if (!wellFormed) {
    throw new ConnectionError({
      code: "INVALID_ADDRESS",
      args: { directory: address },
      what: `"${address}" is not an address.`,
      advice: "Pass 20 bytes in hex with a correct EIP-55 checksum, or all in lower case.",
    });
  }
  const directory = getAddress(address);
  await requireCode(provider, "Directory", directory);
  const found = new Map<string, string>();
  try {
    const contract = bindContract(directoryAbi, directory, provider);
    for (const { name, account } of await askNode(() => contract.entries(), directory)) {
      found.set(decodeBytes32String(name), account);
    }
  } catch (error) {
    const wrongContract = error instanceof ContractRevertError || !(error instanceof RpcError);
    if (wrongContract || error.code === "RPC_UNEXPECTED_ANSWER") throw notADirectory(directory, error);
    throw error;
  }
  const addressOf = (name: Exclude<keyof Addresses, "Directory">): string => {
    const account = found.get(name);
    if (account !== undefined) return account;
    throw new ConnectionError({
      code: "NAME_MISSING",
      args: { directory, name, names: [...found.keys()] },
      what: `The directory ${directory} has no ${name}; it has ${[...found.keys()].join(", ") || "nothing"}.`,
      advice: "Pass the directory of a release that this version of the SDK is for.",
    });
  };
  return {
    Directory: directory,
    CommitteeRegistry: addressOf("CommitteeRegistry"),
    ReferralDeals: addressOf("ReferralDeals"),
    ChunkStore: addressOf("ChunkStore"),
    RewardPool: addressOf("RewardPool"),
    CertificateLedger: addressOf("CertificateLedger"),
  };
}
