import { AbiCoder, type BlockTag, concat, getAddress, isHexString, type Provider } from "ethers";

import { signatureProbeCode } from "../../generated/signatureProbe.js";
import { ContractRevertError } from "../errors/ContractRevertError.js";
import { withDecodedErrors } from "../errors/withDecodedErrors.js";
import { type Erc6492Signature, isErc6492, unwrapErc6492 } from "./Erc6492.js";
import { recoverAccount } from "./recoverAccount.js";
import { SignatureError } from "./SignatureError.js";

const ERC1271_SELECTOR = "0x1626ba7e";

/** Whose signature of what to verify. */
export type VerifySignatureParameters = {
  readonly account: string;
  readonly digest: string;
  readonly signature: string;
  /** Without one only key signatures can be verified. */
  readonly provider?: Provider | undefined;
  /** The state on which a wallet is asked; the latest by default. */
  readonly blockTag?: BlockTag | undefined;
};

/**
 * What came out. `key`: the account's own key signed. `wallet`: the account's code accepts it. `undeployed`: the wallet
 * accepts it once `deployment` is sent; until then no contract will. `unknown`: it is no key signature, and without a
 * provider no wallet can be asked.
 */
export type SignatureVerdict =
  | { readonly valid: true; readonly by: "key" | "wallet"; readonly signature: string }
  | {
      readonly valid: true;
      readonly by: "undeployed";
      readonly signature: string;
      readonly deployment: Erc6492Signature;
    }
  | { readonly valid: false; readonly reason: SignatureFault };

/** Why a signature does not count. */
export type SignatureFault = "MALFORMED" | "OTHER_SIGNER" | "WALLET_REFUSED" | "NEEDS_PROVIDER";

function refuse(reason: SignatureFault): SignatureVerdict {
  return { valid: false, reason };
}

/**
 * Verifies an account's signature by the rule of the contracts: it counts if it recovers to the account, or if the
 * account has code that accepts it (ERC-1271). An account that delegated to code (EIP-7702) keeps its key. On top of
 * what contracts can do, the signature of a wallet that is not deployed yet is verified too (ERC-6492).
 *
 * Errors: {@link SignatureError} INVALID_ACCOUNT, INVALID_SIGNATURE (not even hex); {@link RpcError}.
 *
 * @returns The verdict; where it is valid, `signature` is the one to submit, out of any ERC-6492 wrapping
 *
 * @example
 * import { verifySignature } from "@guildhall/sdk";
 * const digest = `0x${"11".repeat(32)}`;
 * const signature = wallet.signingKey.sign(digest).serialized;
 * const verdict = await verifySignature({ account: wallet.address, digest, signature });
 * assert.equal(verdict.valid && verdict.by, "key");
 */
export async function verifySignature({
  account,
  digest,
  signature,
  provider,
  blockTag,
}: VerifySignatureParameters): Promise<SignatureVerdict> {
  const signer = requireAccount(account);
  requireBytes(digest, signature);
  if (recoverAccount(digest, signature) === signer) return { valid: true, by: "key", signature };
  const wrapped = isErc6492(signature);
  const deployment = unwrapErc6492(signature);
  if (wrapped && deployment === undefined) return refuse("MALFORMED");
  const inner = deployment?.signature ?? signature;
  if (provider === undefined) return refuse("NEEDS_PROVIDER");
  const at = blockTag === undefined ? {} : { blockTag };
  const code = await withDecodedErrors(() => provider.getCode(signer, blockTag));
  if (code !== "0x" && (await ask(provider, { to: signer, data: isValidSignature(digest, inner), ...at }))) {
    return { valid: true, by: "wallet", signature: inner };
  }
  if (deployment === undefined) return refuse(code === "0x" ? "OTHER_SIGNER" : "WALLET_REFUSED");
  const accepted = await ask(provider, { data: probe(signer, digest, deployment), ...at });
  return accepted ? { valid: true, by: "undeployed", signature: inner, deployment } : refuse("WALLET_REFUSED");
}

function requireAccount(account: string): string {
  try {
    return getAddress(account);
  } catch (cause) {
    throw new SignatureError({
      code: "INVALID_ACCOUNT",
      args: { account },
      what: `"${account}" is not an address.`,
      advice: "Pass 20 bytes in hex with a correct EIP-55 checksum, or all in lower case.",
      cause,
    });
  }
}

function requireBytes(digest: string, signature: string): void {
  if (isHexString(digest, 32) && isHexString(signature) && signature.length % 2 === 0) return;
  throw new SignatureError({
    code: "INVALID_SIGNATURE",
    args: { digest, signature },
    what: "The digest is not 32 bytes, or the signature is not whole bytes, in hex.",
    advice: "Pass both as hex strings that begin with 0x.",
  });
}

function isValidSignature(digest: string, signature: string): string {
  return concat([ERC1271_SELECTOR, AbiCoder.defaultAbiCoder().encode(["bytes32", "bytes"], [digest, signature])]);
}

function probe(account: string, digest: string, { factory, factoryCalldata, signature }: Erc6492Signature): string {
  const types = ["address", "bytes32", "bytes", "address", "bytes"];
  const values = [account, digest, signature, factory, factoryCalldata];
  return concat([signatureProbeCode, AbiCoder.defaultAbiCoder().encode(types, values)]);
}

/** Whether a call answers yes: the magic value, padded, from a wallet; one byte from the probe. A revert is a no. */
async function ask(
  provider: Provider,
  request: { readonly to?: string; readonly data: string; readonly blockTag?: BlockTag },
): Promise<boolean> {
  try {
    const answer = await withDecodedErrors(() => provider.call(request), request.to);
    return request.to === undefined ? answer === "0x01" : answer.slice(0, 66) === ERC1271_SELECTOR.padEnd(66, "0");
  } catch (error) {
    if (error instanceof ContractRevertError) return false;
    throw error;
  }
}
