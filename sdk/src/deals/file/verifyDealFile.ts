import type { SignatureVerdict } from "../../core/signatures/verifySignature.js";
import { DealError } from "../DealError.js";
import { dealFileCodec } from "./codecs.js";
import type { DealFile } from "./DealFile.js";

/** Verifies one signature: key, ERC-1271 wallet, or ERC-6492 wallet that is not deployed yet. */
export type VerifyClaim = (claim: {
  readonly account: string;
  readonly digest: string;
  readonly signature: string;
}) => Promise<SignatureVerdict>;

/**
 * Refuses a file that carries a signature which is not its account's.
 *
 * Errors: {@link DealError} DEAL_SIGNATURE_INVALID; {@link RpcError}.
 *
 * @example
 * import { createDealFile, DealError, verifyDealFile, verifySignature } from "@guildhall/sdk";
 * const forged = { endorsement: "MerchantOfferEndorsement", signature: `0x${"12".repeat(65)}` } as const;
 * const file = createDealFile({ chainId: 31337n, contract }, { offer }, [forged]);
 * const verify = (claim: { account: string; digest: string; signature: string }) =>
 *   verifySignature({ ...claim, provider });
 * const error = await verifyDealFile(file, verify).catch((caught: unknown) => caught);
 * assert.ok(error instanceof DealError && error.code === "DEAL_SIGNATURE_INVALID");
 */
export async function verifyDealFile(file: DealFile, verify: VerifyClaim): Promise<void> {
  const claims = dealFileCodec.claims(file);
  const verdicts = await Promise.all(claims.map((claim) => verify(claim)));
  verdicts.forEach((verdict, index) => {
    const claim = claims[index];
    const endorsement = file.signatures[index]?.endorsement;
    if (verdict.valid || claim === undefined) return;
    throw new DealError({
      code: "DEAL_SIGNATURE_INVALID",
      args: { endorsement, account: claim.account, digest: claim.digest, reason: verdict.reason },
      what: `The signature for ${endorsement} is not one of ${claim.account} for ${claim.digest} (${verdict.reason}).`,
      advice: "Do not go on with this file: ask that account to sign this very document, on this chain, in its turn.",
    });
  });
}
