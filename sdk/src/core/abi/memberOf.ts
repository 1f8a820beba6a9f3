import { RpcError } from "../errors/RpcError.js";

/** The name of a number that a contract's enum has. */
export function memberOf<const Names extends readonly string[]>(names: Names, value: bigint): Names[number] {
  const name = names[Number(value)];
  if (name !== undefined) return name;
  throw new RpcError({
    code: "RPC_UNEXPECTED_ANSWER",
    args: { value, known: names },
    what: `The contract answered ${value} where one of ${names.join(", ")} is expected.`,
    advice: "Check that the address holds the contract of this release.",
  });
}
