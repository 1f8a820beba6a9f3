import type { Provider } from "ethers";

import { askNode } from "../core/errors/askNode.js";
import { isErc6492, unwrapErc6492 } from "../core/signatures/Erc6492.js";
import type { ContractAction } from "../core/transactions/ContractAction.js";
import { DealError } from "./DealError.js";
import type { Address, Hex } from "../core/documents/Hex.js";

/** Which wallet to deploy, by a signature that says how (ERC-6492). */
export type DeployWalletParameters = {
  readonly account: Address;
  /** The wallet's signature in its ERC-6492 wrapping. */
  readonly signature: Hex;
};

/** A deployed wallet. */
export type DeployedWallet = { readonly account: Address; readonly factory: Address };

/**
 * The call that deploys a wallet. Pure. Errors: {@link DealError} DEAL_SIGNATURE_INVALID where nothing is wrapped.
 *
 * @example
 * import { deployWallet, wrapErc6492 } from "@guildhall/sdk";
 * const account = `0x${"44".repeat(20)}`;
 * const signature = wrapErc6492({ factory: contract, factoryCalldata: "0x01", signature: "0x02" });
 * assert.equal(deployWallet({ account, signature }).data, "0x01");
 */
export function deployWallet({ account, signature }: DeployWalletParameters): ContractAction<DeployedWallet> {
  const deployment = unwrapErc6492(signature);
  if (deployment === undefined) {
    throw new DealError({
      code: "DEAL_SIGNATURE_INVALID",
      args: { account, reason: "MALFORMED" },
      what: `The signature of ${account} carries no ERC-6492 wrapping that says how to deploy the wallet.`,
      advice: "Pass the signature as the deal file has it.",
    });
  }
  const { factory, factoryCalldata } = deployment;
  return {
    name: "deployWallet",
    to: factory,
    data: factoryCalldata,
    event: "(none)",
    read: (receipt) => (receipt.status === 1 ? { account, factory } : undefined),
  };
}

/**
 * The signature that a contract takes: out of its ERC-6492 wrapping, where the wallet is deployed by now.
 *
 * Errors: {@link DealError} DEAL_WALLET_NOT_DEPLOYED, DEAL_SIGNATURE_INVALID.
 */
export async function submittable(provider: Provider, account: Address, signature: Hex): Promise<Hex> {
  if (!isErc6492(signature)) return signature;
  const deployment = unwrapErc6492(signature);
  if (deployment === undefined) {
    throw new DealError({
      code: "DEAL_SIGNATURE_INVALID",
      args: { account, reason: "MALFORMED" },
      what: `The signature of ${account} ends as an ERC-6492 wrapping, and is none.`,
      advice: "Ask the wallet to sign again.",
    });
  }
  const code = await askNode(async () => provider.getCode(account));
  if (code !== "0x") return deployment.signature;
  throw new DealError({
    code: "DEAL_WALLET_NOT_DEPLOYED",
    args: { account, factory: deployment.factory },
    what: `The wallet ${account} signed, and is not deployed yet: no contract can ask it.`,
    advice: "Deploy it first with deals.deployWallet({ account, signature }), then send this again.",
  });
}
