import { readContract } from "../../core/reads/readContract.js";
import { unexpectedAnswer } from "../../core/reads/unexpectedAnswer.js";
import type { CertificatesAccess } from "../CertificatesAccess.js";
import { certificateIdOf } from "../documents/certificateIdOf.js";
import { toVerification, type Verification } from "../state/Verification.js";

/** Certificates of one request: about 5,000,000 gas, which every node allows. */
const CHUNK = 500;
/** Requests at once. */
const AT_ONCE = 4;

/** What the ledger says of many certificates under a committee, in their order. Errors: {@link RpcError}. */
export async function verifyMany(
  { context, address, reader }: CertificatesAccess,
  committeeId: string,
  contentHashes: readonly string[],
): Promise<readonly Verification[]> {
  const chunks: (readonly string[])[] = [];
  for (let i = 0; i < contentHashes.length; i += CHUNK) chunks.push(contentHashes.slice(i, i + CHUNK));
  const found: Verification[] = [];
  for (let i = 0; i < chunks.length; i += AT_ONCE) {
    const answers = await Promise.all(
      chunks.slice(i, i + AT_ONCE).map(async (hashes) => {
        const ids = hashes.map((contentHash) => certificateIdOf({ committeeId, contentHash }));
        const answer = await readContract(context, address, reader.verifyBatch, ids, [...hashes]);
        if (answer.length === ids.length) return answer.map(toVerification);
        const [expected, actual] = [ids.length, answer.length];
        throw unexpectedAnswer(`The node answered ${actual} verdicts of ${expected}.`, { expected, actual });
      }),
    );
    found.push(...answers.flat());
  }
  return found;
}
