import type { InterfaceAbi, Provider } from "ethers";
import { concat, decodeBytes32String, Interface, keccak256 } from "ethers";

import { IDirectory__factory } from "../../typechain-types/index.js";
import { addressOfHash, CREATE_X_ADDRESS, CREATE_X_CODE_HASH, SALT } from "./createX.js";
import type { DeployedContract, Deployment } from "./Deployment.js";
import { LOCAL_CHAIN_ID } from "./Deployment.js";
import type { Difference } from "./Difference.js";
import type { Artifacts } from "./planDeployment.js";

export type VerifyDeploymentParameters = {
  readonly provider: Provider;
  readonly record: Deployment;
  readonly artifacts: Artifacts;
  /** Whether the code built here must be the recorded one, as it is at the record's commit. */
  readonly againstSource: boolean;
};

/** Every difference between a live chain and its record, in the order of the record; none when they agree. */
export async function verifyDeployment(parameters: VerifyDeploymentParameters): Promise<readonly Difference[]> {
  const { provider, record } = parameters;
  const { chainId } = await provider.getNetwork();
  // The record of the local chain is part of the commit that it describes.
  const againstSource = parameters.againstSource || record.chainId === LOCAL_CHAIN_ID;
  if (chainId !== BigInt(record.chainId)) {
    return [{ kind: "chain", what: "chainId", recorded: String(record.chainId), found: String(chainId) }];
  }
  const contracts = Object.entries(record.contracts);
  return [
    ...(await verifyFactory(provider, record)),
    ...(
      await Promise.all(contracts.map(async (entry) => verifyContract({ ...parameters, againstSource }, ...entry)))
    ).flat(),
    ...(await verifyDirectory(provider, record)),
  ];
}

/** The factory and salt that the addresses follow from. */
async function verifyFactory(provider: Provider, record: Deployment): Promise<readonly Difference[]> {
  const code = await provider.getCode(record.factory);
  return compare("factory", [
    ["factory", record.factory, CREATE_X_ADDRESS],
    ["salt", record.salt, SALT],
    ["factory's code hash", CREATE_X_CODE_HASH, code === "0x" ? "no code" : keccak256(code)],
  ]);
}

async function verifyContract(
  { provider, artifacts, againstSource }: VerifyDeploymentParameters,
  name: string,
  contract: DeployedContract,
): Promise<readonly Difference[]> {
  const { address, codeHash, initCodeHash, constructorArguments } = contract;
  const code = await provider.getCode(address);
  const { abi, bytecode } = await artifacts.readArtifact(name);
  const encoded = encodeArguments(abi, constructorArguments);
  const built = encoded === undefined ? "arguments do not fit" : keccak256(concat([bytecode, encoded]));

  return [
    ...(code === "0x"
      ? [{ kind: "no-code", what: name, recorded: `code at ${address}`, found: "no code" } as const]
      : compare("code", [[`${name}'s code hash`, codeHash, keccak256(code)]])),
    // The address commits to the creation code and its arguments, so the record cannot lie about them and keep the address.
    ...compare("address", [[`${name}'s address`, address, addressOfHash(initCodeHash)]]),
    ...(await verifyOrigin(provider, name, contract, encoded)),
    ...(againstSource ? compare("source", [[`${name}'s creation code and arguments`, initCodeHash, built]]) : []),
  ];
}

/** The recorded transaction and, from what it carries, the constructor arguments. */
async function verifyOrigin(
  provider: Provider,
  name: string,
  { address, transaction: hash, block, initCodeHash }: DeployedContract,
  encoded: string | undefined,
): Promise<readonly Difference[]> {
  if (hash === null) return [];
  const [transaction, receipt] = await Promise.all([
    provider.getTransaction(hash),
    provider.getTransactionReceipt(hash),
  ]);
  if (transaction === null || receipt === null) {
    return [{ kind: "transaction", what: `${name}'s transaction`, recorded: hash, found: "no such transaction" }];
  }
  const created = receipt.logs
    .filter((log) => log.address === CREATE_X_ADDRESS)
    .map((log) => `0x${log.topics[1]?.slice(26) ?? ""}`)
    .join(", ");
  const differences = [
    ...compare("transaction", [
      [`${name}'s block`, String(block), String(receipt.blockNumber)],
      [`creation of ${name}'s transaction`, address.toLowerCase(), created],
    ]),
  ];
  if (differences.length > 0) return differences;

  const initCode = CREATE_X.decodeFunctionData("deployCreate2", transaction.data)[1] as string;
  return [
    ...compare("transaction", [[`${name}'s creation code hash`, initCodeHash, keccak256(initCode)]]),
    ...(encoded !== undefined && initCode.endsWith(encoded.slice(2))
      ? []
      : [
          {
            kind: "constructor-arguments",
            what: `${name}'s constructor arguments`,
            recorded: encoded ?? "arguments that do not fit the constructor",
            found: `0x${initCode.slice(-(encoded?.length ?? 66) + 2)}`,
          } as const,
        ]),
  ];
}

/** What the chain's directory says, against the record. */
async function verifyDirectory(provider: Provider, record: Deployment): Promise<readonly Difference[]> {
  const recorded = record.contracts.Directory?.address ?? "no entry";
  const differences = compare("directory-entry", [["directory", record.directory, recorded]]);
  if ((await provider.getCode(record.directory)) === "0x") return differences;

  let entries: ReadonlyMap<string, string>;
  let previous: string;
  try {
    const directory = IDirectory__factory.connect(record.directory, { provider });
    const lines = await directory.entries();
    entries = new Map(lines.map(({ name, account }) => [decodeBytes32String(name), account]));
    previous = await directory.previous();
  } catch {
    return [
      ...differences,
      { kind: "directory-entry", what: "directory", recorded: "a directory", found: "other code" },
    ];
  }

  const named = Object.entries(record.contracts).filter(([name]) => name !== "Directory");
  const names = new Set(named.map(([name]) => name));
  return [
    ...differences,
    ...compare(
      "directory-entry",
      named.map(([name, { address }]) => [`directory's entry ${name}`, address, entries.get(name) ?? "no entry"]),
    ),
    ...[...entries]
      .filter(([name]) => !names.has(name))
      .map(([name, account]) => {
        return {
          kind: "directory-extra-entry",
          what: `directory's entry ${name}`,
          recorded: "no entry",
          found: account,
        } as const;
      }),
    ...compare("directory-previous", [["directory's previous", record.previous, previous]]),
  ];
}

const CREATE_X = new Interface(["function deployCreate2(bytes32 salt, bytes initCode) payable returns (address)"]);

function encodeArguments(abi: InterfaceAbi, values: readonly unknown[]): string | undefined {
  try {
    return new Interface(abi).encodeDeploy(values);
  } catch {
    return undefined;
  }
}

function compare(
  kind: Difference["kind"],
  rows: readonly (readonly [what: string, recorded: string, found: string])[],
): readonly Difference[] {
  return rows
    .filter(([, recorded, found]) => recorded !== found)
    .map(([what, recorded, found]) => ({ kind, what, recorded, found }));
}
