import { AbiCoder, type BlockTag, concat, getAddress, isHexString, type Provider, ZeroAddress } from "ethers";

import { signatureProbeCode } from "../../generated/signatureProbe.js";
import { RpcError } from "../errors/RpcError.js";
import { askNode } from "../errors/askNode.js";
import { type Erc6492Signature, isErc6492, unwrapErc6492 } from "./Erc6492.js";
import { recoverAccount } from "./recoverAccount.js";
import { SignatureError } from "./SignatureError.js";

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
  const deployment = unwrapErc6492(signature);
  if (deployment === undefined && isErc6492(signature)) return refuse("MALFORMED");
  if (provider === undefined) return refuse("NEEDS_PROVIDER");
  const inner = deployment?.signature ?? signature;
  const answer = await ask(provider, probeData(signer, digest, inner, deployment), blockTag);
  if (answer === "0x01") return { valid: true, by: "wallet", signature: inner };
  if (answer === "0x02" && deployment !== undefined) {
    return { valid: true, by: "undeployed", signature: inner, deployment };
  }
  return refuse(answer === "0x03" ? "OTHER_SIGNER" : "WALLET_REFUSED");
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

function probeData(account: string, digest: string, signature: string, deployment?: Erc6492Signature): string {
  const types = ["address", "bytes32", "bytes", "address", "bytes"];
  const { factory, factoryCalldata } = deployment ?? { factory: ZeroAddress, factoryCalldata: "0x" };
  const values = [account, digest, signature, factory, factoryCalldata];
  return concat([signatureProbeCode, AbiCoder.defaultAbiCoder().encode(types, values)]);
}

/** Runs the probe. It answers whatever the wallet does, so that every failure is the node's. */
async function ask(provider: Provider, data: string, blockTag: BlockTag | undefined): Promise<string> {
  const answer = await askNode(() => provider.call({ data, blockTag: blockTag ?? "latest" }));
  if (["0x00", "0x01", "0x02", "0x03"].includes(answer)) return answer;
  throw new RpcError({
    code: "RPC_UNEXPECTED_ANSWER",
    args: { answer: answer.slice(0, 66) },
    what: `The node answered "${answer.slice(0, 66)}" where it should run a probe of one byte's answer.`,
    advice: "Use a node that runs creation code in eth_call.",
  });
}
