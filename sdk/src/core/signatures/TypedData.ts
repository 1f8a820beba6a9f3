import type { TypedDataDomain, TypedDataField } from "ethers";

/** EIP-712 typed data, as ethers takes it, with the name of the struct that is signed. */
export type TypedData = {
  readonly domain: TypedDataDomain;
  readonly types: Readonly<Record<string, readonly TypedDataField[]>>;
  readonly primaryType: string;
  readonly message: Readonly<Record<string, unknown>>;
};
