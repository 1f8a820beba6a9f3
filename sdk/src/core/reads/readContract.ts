import { type ChainPlace, readOnChain } from "./readOnChain.js";

/** A view of a contract, as ethers and TypeChain offer it. */
export type ContractView<Args extends readonly unknown[], T> = {
  readonly populateTransaction: (...args: Args) => Promise<unknown>;
  readonly staticCall: (...args: Args) => Promise<T>;
};

/**
 * Asks a contract. Arguments are encoded first, so that a wrong one is told from a wrong answer.
 *
 * Errors: those of {@link readOnChain}; ethers' own where an argument does not fit the ABI.
 */
export async function readContract<Args extends readonly unknown[], T>(
  place: ChainPlace,
  contract: string,
  view: ContractView<Args, T>,
  ...args: Args
): Promise<T> {
  await view.populateTransaction(...args);
  return readOnChain(place, () => view.staticCall(...args), contract);
}
