import { AbiCoder, type FunctionFragment } from "ethers";

import { type ChainPlace, readOnChain } from "./readOnChain.js";
import { unexpectedAnswer } from "./unexpectedAnswer.js";

/** A view of a contract, as ethers and TypeChain offer it. */
export type ContractView<Args extends readonly unknown[], T> = {
  readonly fragment: FunctionFragment;
  readonly populateTransaction: (...args: Args) => Promise<{ readonly data?: string | null }>;
  readonly staticCall: (...args: Args) => Promise<T>;
};

/**
 * Asks a contract. Arguments are encoded first, so that a wrong one is told from a wrong answer; and the answer must be
 * what a contract would encode, as decoders forgive bits beyond a type's width.
 *
 * Errors: those of {@link readOnChain}; ethers' own where an argument does not fit the ABI.
 */
export async function readContract<Args extends readonly unknown[], T>(
  place: ChainPlace,
  contract: string,
  view: ContractView<Args, T>,
  ...args: Args
): Promise<T> {
  const { data } = await view.populateTransaction(...args);
  const request = { to: contract, data: data ?? "0x" };
  const answer = await readOnChain(place, () => place.provider.call(request), contract);
  return decode(view.fragment, answer) as T;
}

function decode({ name, outputs }: FunctionFragment, answer: string): unknown {
  const coder = AbiCoder.defaultAbiCoder();
  try {
    const values = coder.decode(outputs, answer);
    if (answer.startsWith(coder.encode(outputs, values))) return outputs.length === 1 ? values[0] : values;
  } catch (cause) {
    throw unexpectedAnswer(`The answer of ${name} is not what this contract returns.`, { name, answer }, cause);
  }
  throw unexpectedAnswer(`The answer of ${name} is not what this contract returns.`, { name, answer });
}
