/** What is needed of an ABI's entry. */
export type AbiEntry = {
  readonly type: string;
  readonly name?: string;
  readonly stateMutability?: string;
  readonly inputs?: readonly { readonly name: string }[];
};

/**
 * The actions of a handler: its functions that change state and whose first parameter is called `seed`. Each is to be
 * reached in every campaign over the handler.
 */
export function actionsOf(abi: readonly AbiEntry[]): readonly string[] {
  return abi
    .filter(({ type, stateMutability }) => type === "function" && stateMutability === "nonpayable")
    .filter(({ inputs }) => inputs?.[0]?.name === "seed")
    .map(({ name = "" }) => name);
}
