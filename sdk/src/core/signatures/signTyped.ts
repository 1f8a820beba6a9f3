import { dataLength, getAddress, Signature, type Signer } from "ethers";

import { withDecodedErrors } from "../errors/withDecodedErrors.js";
import { hashTyped, mutableTypes } from "./hashTyped.js";
import { recoverAccount } from "./recoverAccount.js";
import { HALF_ORDER, ORDER } from "./secp256k1Order.js";
import { SignatureError } from "./SignatureError.js";
import type { TypedData } from "./TypedData.js";

/** Signs for a contract wallet: asks its owners, its service, its module, whatever it takes. */
export type WalletSigner = {
  /** The wallet's address: the account that signs. */
  readonly address: string;
  /** Gives the bytes that the wallet's `isValidSignature` accepts for the digest; wrapped (ERC-6492) before it is deployed. */
  readonly signTyped: (data: TypedData, digest: string) => Promise<string>;
};

/** Whatever can sign a document: an ethers signer (a key, a browser wallet) or a contract wallet. */
export type DocumentSigner = Signer | WalletSigner;

/** Who signed what. */
export type SignedDigest = {
  readonly account: string;
  readonly digest: string;
  readonly signature: string;
};

function isWallet(signer: DocumentSigner): signer is WalletSigner {
  return "signTyped" in signer;
}

/**
 * The account that a signer signs for.
 *
 * @example
 * import { accountOf } from "@guildhall/sdk";
 * assert.equal(await accountOf(wallet), wallet.address);
 */
export async function accountOf(signer: DocumentSigner): Promise<string> {
  return getAddress(isWallet(signer) ? signer.address : await withDecodedErrors(() => signer.getAddress()));
}

/** Some devices answer with v 0 or 1, or with a high s: the contracts take neither, and both have an equal that they take. */
function normalized(signature: string): string {
  if (dataLength(signature) !== 65) return signature;
  const v = Number.parseInt(signature.slice(130), 16);
  const s = BigInt(`0x${signature.slice(66, 130)}`);
  const high = s > HALF_ORDER;
  if (![0, 1, 27, 28].includes(v) || s >= ORDER) return signature;
  const parity = (v % 27) ^ (high ? 1 : 0);
  const low = high ? ORDER - s : s;
  return Signature.from({
    r: signature.slice(0, 66),
    s: `0x${low.toString(16).padStart(64, "0")}`,
    v: parity === 0 ? 27 : 28,
  }).serialized;
}

/**
 * Signs typed data and gives the account, the digest and the signature in the form that the contracts take.
 *
 * Errors: {@link SignatureError} INVALID_TYPED_DATA, SIGNER_MISBEHAVED (the answer is not bytes); {@link RpcError}
 * USER_REJECTED where the wallet's user declines.
 *
 * @example
 * import { recoverAccount, signTyped } from "@guildhall/sdk";
 * const { account, digest, signature } = await signTyped(signer, {
 *   domain: { name: "Example", version: "1", chainId: 31337n },
 *   types: { Greeting: [{ name: "words", type: "string" }] },
 *   primaryType: "Greeting",
 *   message: { words: "Good day" },
 * });
 * assert.equal(recoverAccount(digest, signature), account);
 */
export async function signTyped(signer: DocumentSigner, data: TypedData): Promise<SignedDigest> {
  const digest = hashTyped(data);
  const account = await accountOf(signer);
  const answer: unknown = isWallet(signer)
    ? await signer.signTyped(data, digest)
    : await withDecodedErrors(() => signer.signTypedData(data.domain, mutableTypes(data.types), { ...data.message }));
  if (typeof answer !== "string" || !/^0x(?:[0-9a-fA-F]{2})+$/.test(answer)) {
    throw new SignatureError({
      code: "SIGNER_MISBEHAVED",
      args: { account, digest, answer },
      what: `The signer of ${account} did not answer with a signature.`,
      advice: "Use a wallet that signs EIP-712 typed data.",
    });
  }
  const plain = normalized(answer);
  // Where the plain form does not recover to the account, a wallet answered, and its bytes are its own affair.
  return { account, digest, signature: recoverAccount(digest, plain) === account ? plain : answer };
}
