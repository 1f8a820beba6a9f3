import { Contract, type Provider } from "ethers";

import { askNode } from "../../core/errors/askNode.js";
import { ContractRevertError } from "../../core/errors/ContractRevertError.js";
import { RpcError } from "../../core/errors/RpcError.js";
import type { TypedData } from "../../core/signatures/TypedData.js";
import { DealError } from "../DealError.js";
import type { Address } from "../../core/documents/Hex.js";
import type { TokenFacts } from "../payments/paymentTypedData.js";

const abi = [
  "function eip712Domain() view returns (bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)",
  "function DOMAIN_SEPARATOR() view returns (bytes32)",
  "function name() view returns (string)",
  "function version() view returns (string)",
  "function nonces(address) view returns (uint256)",
] as const;

async function maybe<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await askNode(read);
  } catch (error) {
    // A token that lacks the function reverts or answers nothing; a node that is down or wrong is another matter.
    if (error instanceof ContractRevertError) return undefined;
    if (error instanceof RpcError && (error.cause as { readonly value?: unknown } | undefined)?.value === "0x") {
      return undefined;
    }
    throw error;
  }
}

/**
 * Reads what a token's permits and authorizations are signed under: its EIP-5267 domain, or else its name and version
 * (version "1" where it tells none, as EIP-2612 tokens do).
 *
 * Errors: {@link DealError} DEAL_PAYMENT_UNSUPPORTED where the token has no name; {@link RpcError}.
 *
 * @example
 * import { readTokenFacts } from "@guildhall/sdk";
 * const { domain, permitNonce } = await readTokenFacts(provider, token, signer.address);
 * assert.deepEqual([domain.name, permitNonce], ["Standard Token", 0n]);
 */
export async function readTokenFacts(provider: Provider, token: Address, account: Address): Promise<TokenFacts> {
  const contract = new Contract(token, abi, provider);
  const ask = <T>(method: string, ...args: unknown[]) =>
    maybe(async () => (await contract.getFunction(method).staticCall(...args)) as T);
  const permitNonce = await ask<bigint>("nonces", account);
  const nonce = permitNonce === undefined ? {} : { permitNonce };
  const told = await ask<{
    readonly name: string;
    readonly version: string;
    readonly chainId: bigint;
    readonly verifyingContract: string;
  }>("eip712Domain");
  if (told !== undefined) {
    const { name, version, chainId, verifyingContract } = told;
    return { domain: { name, version, chainId, verifyingContract }, ...nonce };
  }
  const [name, version, network] = await Promise.all([
    ask<string>("name"),
    ask<string>("version"),
    askNode(async () => provider.getNetwork()),
  ]);
  if (name === undefined) {
    throw new DealError({
      code: "DEAL_PAYMENT_UNSUPPORTED",
      args: { token },
      what: `The token ${token} tells no EIP-712 domain and no name.`,
      advice: "Pay out of an allowance, or with Permit2.",
    });
  }
  const domain: TypedData["domain"] = {
    name,
    version: version ?? "1",
    chainId: network.chainId,
    verifyingContract: token,
  };
  return { domain, ...nonce };
}
