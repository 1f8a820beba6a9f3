import type {
  ArgumentType,
  IgnitionModuleBuilder,
  NamedArtifactContractAtFuture,
} from "@nomicfoundation/ignition-core";
import type { NamedArtifactContractDeploymentFuture } from "@nomicfoundation/ignition-core";

/** A contract of the suite in a module, deployed by it or found. */
export type ContractFuture = NamedArtifactContractDeploymentFuture<string> | NamedArtifactContractAtFuture<string>;

/** Addresses, by contract name, of contracts that already stand where a module would deploy them. */
export type Existing = ReadonlyMap<string, string>;

/**
 * The future of contract `name`: deployed, or taken as it is where it already stands.
 *
 * Addresses follow from the code, and anyone may deploy: another machine, an earlier release with the same contract, or a
 * run whose journal was lost may have been there before.
 */
export function place(
  m: IgnitionModuleBuilder,
  existing: Existing,
  name: string,
  constructorArguments: ArgumentType[] = [],
): ContractFuture {
  const address = existing.get(name);
  return address === undefined ? m.contract(name, constructorArguments) : m.contractAt(name, address);
}
