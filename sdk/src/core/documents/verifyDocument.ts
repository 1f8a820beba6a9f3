import type { BlockTag, Provider } from "ethers";

import { type SignatureVerdict, verifySignature } from "../signatures/verifySignature.js";
import type { DocumentCodec, GuildhallDocument, SignatureClaim } from "./DocumentCodec.js";

/** What became of one claim. */
export type VerifiedClaim = SignatureClaim & { readonly verdict: SignatureVerdict };

/** What became of a document's signatures. */
export type DocumentVerdict = {
  /** Whether every signature that the document carries is valid. It says nothing of signatures that it lacks. */
  readonly valid: boolean;
  readonly claims: readonly VerifiedClaim[];
};

/**
 * Verifies every signature that a document carries. Without a provider this needs no network, and a signature that only
 * a wallet could confirm gets the verdict NEEDS_PROVIDER.
 *
 * @example
 * import { createDocument, verifyDocument } from "@guildhall/sdk";
 * const document = createDocument(codec, { chainId: 31337n, contract, body: { words: "0x01" } });
 * assert.deepEqual(await verifyDocument(codec, document), { valid: true, claims: [] });
 */
export async function verifyDocument<Type extends string, Body, Entry>(
  codec: DocumentCodec<Type, Body, Entry>,
  document: GuildhallDocument<Type, Body, Entry>,
  options: { readonly provider?: Provider; readonly blockTag?: BlockTag } = {},
): Promise<DocumentVerdict> {
  const claims = await Promise.all(
    codec
      .claims(document)
      .map(async (claim) => ({ ...claim, verdict: await verifySignature({ ...claim, ...options }) })),
  );
  return { valid: claims.every(({ verdict }) => verdict.valid), claims };
}
