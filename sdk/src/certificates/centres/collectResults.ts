import { hexlify, sha256 } from "ethers";

import { canonicalJson } from "../../core/documents/canonicalJson.js";
import { isJsonObject, type Json } from "../../core/documents/Json.js";
import { parseJson } from "../../core/documents/parseJson.js";
import type { Application } from "../Application.js";
import type { SignedResult } from "../CertificationResult.js";
import { envelopeHash } from "../identification/envelopeHash.js";
import type { IdentificationEnvelope } from "../identification/IdentificationEnvelope.js";
import { signedResultSchema } from "../schemas.js";
import { approvedHashes } from "./approvedHashes.js";
import { CentreError } from "./CentreError.js";
import { submissionSchema } from "./Submission.js";
import { tbsHashIn } from "./tbsHashIn.js";

/** Where a centre's service is. */
export type CentreAddress = { readonly centre: number; readonly url: string };

/**
 * How a centre answered:
 * - `approved`, `rejected`: by a result with its signature
 * - `undecided`: it has not made up its mind
 * - `refused`: it says by a named error that it does not take these papers
 * - `silent`: no answer in time
 * - `invalid`: an answer that is not its signed result on this application and draft
 * - `contradicted`: signed results that say yes and no; both are there as evidence
 */
export type CentreOutcome = "approved" | "rejected" | "undecided" | "refused" | "silent" | "invalid" | "contradicted";

/** What became of asking one centre. */
export type CentreAnswer = {
  readonly centre: number;
  readonly outcome: CentreOutcome;
  /** Its results with good signatures: one, or one that approves and one that rejects. */
  readonly results: readonly SignedResult[];
  /** Why there is none. */
  readonly problem?: string;
};

/** What is collected, and how. */
export type CollectParameters = {
  readonly centres: readonly CentreAddress[];
  readonly epoch: number;
  readonly application: Application;
  /** The application's id by the ledger's rule. */
  readonly applicationId: string;
  /** The PKCS#10 request, in DER. */
  readonly request: Uint8Array;
  readonly envelopes: readonly IdentificationEnvelope[];
  /** The applicant's, over all of these envelopes: see `submissionTypedData`. */
  readonly signature: string;
  /** In DER: the to-be-signed part, or the certificate where it was signed already. */
  readonly draft: { readonly tbs: Uint8Array } | { readonly certificate: Uint8Array };
  /** Whether a signature is that of the centre over the result, by the ledger's rule. */
  readonly verifyResult: (signed: SignedResult, centre: number) => boolean | Promise<boolean>;
  /** Results known from elsewhere, such as the chain: they too convict a centre that says now what it denied before. */
  readonly earlier?: readonly (SignedResult & { readonly centre: number })[];
  /** Milliseconds for each request to a centre; 10,000 by default. */
  readonly timeout?: number;
};

const MAX_ANSWER_BYTES = 262_144;
const NO_HASH = `0x${"00".repeat(32)}`;

/**
 * Sends an application to all centres at once and says of each how it answered. A centre that is down, slow or dishonest
 * changes nothing about the others. Each is asked twice, since one that signs both answers may show one at a time.
 *
 * Errors: {@link CentreError} CENTRE_ENVELOPE_MISSING, and those of `readDer` for a certificate that is none; whatever centres do is an outcome.
 *
 * @returns the answers in the order of `centres`
 * @example
 * import { collectResults } from "@guildhall/sdk/certificates";
 * const hash = `0x${"11".repeat(32)}`;
 * const validity = { notBefore: 1_800_000_000, notAfter: 1_900_000_000 };
 * const hashes = { subjectKeyHash: hash, identityHash: hash, possessionHash: hash };
 * const parties = { committeeId: hash, centre: 1, applicant: wallet.address };
 * const [answer] = await collectResults({
 *   centres: [{ centre: 2, url: "http://127.0.0.1:9" }],
 *   epoch: 1,
 *   application: { ...parties, ...hashes, ...validity, deadline: 1_790_000_000 },
 *   applicationId: hash,
 *   request: Uint8Array.of(0x30, 0),
 *   envelopes: [{ centre: 2, identityHash: hash, encapsulated: hash, sealed: hash }],
 *   signature: "0x12",
 *   draft: { tbs: Uint8Array.of(0x30, 0) },
 *   verifyResult: () => false,
 * });
 * assert.equal(answer?.outcome, "silent");
 */
export async function collectResults(parameters: CollectParameters): Promise<readonly CentreAnswer[]> {
  const { centres, application, request, envelopes, signature, draft } = parameters;
  const signed = { envelopes: envelopes.map(envelopeHash), signature };
  const submissions = centres.map(({ centre, url }) => {
    const envelope = envelopes.find((each) => each.centre === centre);
    if (envelope === undefined) throw new CentreError("CENTRE_ENVELOPE_MISSING", { centre });
    const papers = "tbs" in draft ? { tbs: hexlify(draft.tbs) } : { certificate: hexlify(draft.certificate) };
    const body = submissionSchema.format({ application, request: hexlify(request), envelope, ...signed, ...papers });
    return { centre, url, body: canonicalJson(body) };
  });
  const hashes =
    "certificate" in draft
      ? { tbsHash: tbsHashIn(draft.certificate), contentHash: sha256(draft.certificate) }
      : { tbsHash: sha256(draft.tbs), contentHash: NO_HASH };
  return Promise.all(submissions.map(async (submission) => ask(submission, { ...parameters, ...hashes })));
}

/** With what the draft is known by. */
type Asked = CollectParameters & { readonly tbsHash: string; readonly contentHash: string };

type Reply =
  | { readonly kind: "result"; readonly signed: SignedResult }
  | { readonly kind: "undecided" | "silent" }
  | { readonly kind: "refused" | "invalid"; readonly problem: string };

async function ask(
  { centre, url, body }: CentreAddress & { readonly body: string },
  parameters: Asked,
): Promise<CentreAnswer> {
  const { applicationId, earlier = [], timeout = 10_000 } = parameters;
  const base = url.replace(/\/+$/u, "");
  const first = await send(`${base}/applications`, timeout, body);
  const replies = [first];
  if (first.kind !== "silent") replies.push(await send(`${base}/applications/${applicationId}`, timeout));
  const found = replies.flatMap((reply) => (reply.kind === "result" ? [reply.signed] : []));
  const known = earlier.filter((each) => each.centre === centre);

  const judged = await Promise.all(
    [...found, ...known].map(async ({ result, signature }, i) => {
      const signed = { result, signature };
      return { signed, good: await isGood(signed, centre, parameters, i >= found.length) };
    }),
  );
  const good = judged.filter((each) => each.good).map(({ signed }) => signed);
  const [yes, no] = [good.find(({ result }) => result.approved), good.find(({ result }) => !result.approved)];
  if (yes !== undefined && no !== undefined) return { centre, outcome: "contradicted", results: [yes, no] };
  // One bad answer beside a good one is a bad answer: an honest centre never gives it.
  if (judged.slice(0, found.length).some((each) => !each.good)) {
    return { centre, outcome: "invalid", results: good, problem: "a result is not its own, or on something else" };
  }
  const signed = yes ?? no;
  if (signed !== undefined) {
    return { centre, outcome: signed.result.approved ? "approved" : "rejected", results: [signed] };
  }
  const problem = "problem" in first ? { problem: first.problem } : {};
  return { centre, outcome: first.kind === "result" ? "invalid" : first.kind, results: [], ...problem };
}

/** Whether it is the centre's word on this application; an earlier one may be of another epoch or draft. */
async function isGood(
  signed: SignedResult,
  centre: number,
  { application, applicationId, epoch, tbsHash, contentHash, verifyResult }: Asked,
  earlier: boolean,
): Promise<boolean> {
  const { result } = signed;
  const isAbout =
    same(result.committeeId, application.committeeId) &&
    same(result.applicationId, applicationId) &&
    (result.approved ? result.reason === 0 : result.reason > 0);
  const expected = approvedHashes({ approved: result.approved, tbsHash, contentHash });
  const isDraft = same(result.tbsHash, expected.tbsHash) && same(result.contentHash, expected.contentHash);
  const isNow = result.epoch === epoch && isDraft;
  if (!isAbout || !(isNow || earlier)) return false;
  try {
    return await verifyResult(signed, centre);
  } catch {
    return false;
  }
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

async function send(url: string, timeout: number, body?: string): Promise<Reply> {
  let response: Awaited<ReturnType<typeof fetch>>;
  let text: string | undefined;
  try {
    response = await fetch(url, {
      signal: AbortSignal.timeout(timeout),
      redirect: "error",
      ...(body === undefined ? {} : { method: "POST", body, headers: { "content-type": "application/json" } }),
    });
    text = await readText(response);
  } catch {
    return { kind: "silent" };
  }
  if (text === undefined) return { kind: "invalid", problem: `its answer has more than ${MAX_ANSWER_BYTES} bytes` };
  try {
    return readReply(response.status, parseJson(text));
  } catch {
    return { kind: "invalid", problem: `its answer of status ${response.status} is no answer of a centre` };
  }
}

function readReply(status: number, json: Json): Reply {
  if (status === 200) return { kind: "result", signed: signedResultSchema.parse(json, "$") };
  if (status === 202) return { kind: "undecided" };
  const error = isJsonObject(json) ? json["error"] : undefined;
  if (!isJsonObject(error) || typeof error["code"] !== "string" || typeof error["message"] !== "string") {
    return { kind: "invalid", problem: `its answer of status ${status} is no answer of a centre` };
  }
  return { kind: "refused", problem: `${error["code"]}: ${error["message"]}`.slice(0, 1_000) };
}

/** `undefined` where it is longer than any centre's answer. */
async function readText(response: Awaited<ReturnType<typeof fetch>>): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const chunk = (await reader?.read()) as { readonly done: boolean; readonly value?: Uint8Array } | undefined;
    if (chunk?.value === undefined) break;
    length += chunk.value.length;
    if (length > MAX_ANSWER_BYTES) {
      await reader?.cancel();
      return undefined;
    }
    chunks.push(chunk.value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return new TextDecoder().decode(bytes);
}
