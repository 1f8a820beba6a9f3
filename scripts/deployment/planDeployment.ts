import type { ArgumentType, Future, IgnitionModule } from "@nomicfoundation/ignition-core";
import { FutureType, isFuture, isRuntimeValue, RuntimeValueType } from "@nomicfoundation/ignition-core";
import { concat, Interface } from "ethers";
import type { InterfaceAbi } from "ethers";

import { guildhallModule } from "../../ignition/modules/Guildhall.js";
import { ScriptError } from "../support/ScriptError.js";
import { addressOf } from "./createX.js";
import type { Json, Plan, PlannedContract } from "./Plan.js";

/** Reads a compiled contract: Hardhat's `hre.artifacts`. */
export type Artifacts = {
  readonly readArtifact: (name: string) => Promise<{ readonly abi: InterfaceAbi; readonly bytecode: string }>;
};

/** What the Ignition modules deploy, with the addresses and the code that follow from the artifacts. */
export async function planDeployment(artifacts: Artifacts, previous: string): Promise<Plan> {
  const contracts: PlannedContract[] = [];
  const addresses = new Map<string, string>();

  function resolve(argument: ArgumentType): Json {
    if (typeof argument === "bigint") return argument.toString();
    if (typeof argument !== "object") return argument;
    if (Array.isArray(argument)) return argument.map(resolve);
    if (isFuture(argument)) return addresses.get(argument.id) ?? unsupported(argument.id);
    if (isRuntimeValue(argument)) {
      return argument.type === RuntimeValueType.MODULE_PARAMETER && argument.name === "previous"
        ? previous
        : unsupported(argument.type);
    }
    return Object.fromEntries(Object.entries(argument).map(([key, value]) => [key, resolve(value)]));
  }

  for (const future of futuresOf(guildhallModule(new Map()))) {
    if (future.type !== FutureType.NAMED_ARTIFACT_CONTRACT_DEPLOYMENT) return unsupported(future.id);
    const { abi, bytecode } = await artifacts.readArtifact(future.contractName);
    const constructorArguments = future.constructorArgs.map(resolve);
    const initCode = concat([bytecode, new Interface(abi).encodeDeploy(constructorArguments)]);
    const address = addressOf(initCode);
    addresses.set(future.id, address);
    contracts.push({ name: future.contractName, futureId: future.id, address, constructorArguments, initCode });
  }

  const directory = contracts.find(({ name }) => name === "Directory")?.address ?? unsupported("Directory");
  return { contracts, directory, previous };
}

/** The futures of a module, each after those that it may depend on. */
function futuresOf(module: IgnitionModule): ReadonlySet<Future> {
  const submodules = [...module.submodules].flatMap((submodule) => [...futuresOf(submodule)]);
  return new Set([...submodules, ...module.futures]);
}

function unsupported(what: string): never {
  throw new ScriptError(
    "PlanUnsupported",
    `The plan cannot tell the address of ${what}. Deploy plain contracts whose arguments are values and other contracts.`,
    { what },
  );
}
