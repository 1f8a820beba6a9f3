import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { CertificateError } from "../../certificates/CertificateError.js";
import type { SignedResult } from "../../certificates/CertificationResult.js";
import { CentreError } from "../../certificates/centres/CentreError.js";
import { submissionSchema } from "../../certificates/centres/Submission.js";
import { signedResultSchema } from "../../certificates/schemas.js";
import { DocumentError } from "../../core/documents/DocumentError.js";
import { parseJson } from "../../core/documents/parseJson.js";
import { GuildhallError } from "../../core/errors/GuildhallError.js";
import type { CentreServiceOptions } from "./CentreServiceOptions.js";
import { decideApplication, signDecision } from "./decideApplication.js";
import { readBody } from "./readBody.js";
import { requireSubmitter } from "./requireSubmitter.js";

/** A service that listens. */
export type CentreService = {
  /** Where it is reached, without a slash at the end. */
  readonly url: string;
  /** Stops listening, and resolves when nothing is under way any more. The store stays open. */
  readonly close: () => Promise<void>;
};

type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly outcome: string;
  readonly applicationId?: string;
};

const MAX_BODY_BYTES = 131_072;
const STATUS: Readonly<Record<string, number>> = {
  APPLICATION_ENVELOPE_UNSIGNED: 403,
  APPLICATION_SUBMITTER: 403,
  CENTRE_NOT_FOUND: 404,
  CENTRE_NO_RESULT: 404,
  CENTRE_METHOD: 405,
  CENTRE_DECIDED_OTHERWISE: 409,
  APPLICATION_DEADLINE: 410,
  CENTRE_BODY_TOO_LARGE: 413,
  CENTRE_NOT_JSON: 415,
  CENTRE_REASON: 500,
  CENTRE_INTERNAL: 500,
  CENTRE_UNAVAILABLE: 503,
};

/**
 * Runs an authentication centre as a small HTTP service:
 *
 * - `POST /applications` with a `Submission` as JSON: 200 and the signed result, 202 while the centre is undecided, 403
 *   where the applicant did not sign it
 * - `GET /applications/<id>`: 200 and the signed result, or 404
 *
 * Everything else is a named error as JSON. One application has one answer for ever: the decision is stored before it is
 * signed, and a restarted service goes on from there. It speaks plain HTTP and listens on 127.0.0.1 by default: put a proxy
 * that speaks TLS before it where others have to reach it.
 *
 * @example
 * import { createCentreKey } from "@guildhall/sdk/certificates";
 * import { createCentreService, openDecisionStore } from "@guildhall/sdk/node/certificates";
 * const { secretKey } = await createCentreKey();
 * const store = openDecisionStore(`${folder}/centre.sqlite`);
 * const hash = `0x${"11".repeat(32)}`;
 * const service = await createCentreService({
 *   committeeId: hash,
 *   epoch: 1,
 *   centre: 1,
 *   chainId: 1n,
 *   ledger: contract,
 *   secretKey,
 *   applicationIdOf: () => hash,
 *   signResult: async (result) => wallet.signMessage(result.tbsHash),
 *   checkIdentity: async ({ identification }) =>
 *     Promise.resolve(identification["name"] === "A" ? { verdict: "approve" } : { verdict: "reject", reason: 1 }),
 *   store,
 *   clock: async () => Promise.resolve(1_790_000_000n),
 * });
 * assert.equal((await fetch(`${service.url}/applications/${hash}`)).status, 404);
 * await service.close();
 * store.close();
 */
export async function createCentreService(options: CentreServiceOptions): Promise<CentreService> {
  const { host = "127.0.0.1", port = 0, log } = options;
  // One at a time for each application, so that two at once do not both look into it.
  const running = new Map<string, Promise<unknown>>();

  const server = createServer((request, response) => {
    const { method = "" } = request;
    void answerTo(request, options, running)
      .catch(refusalOf)
      .then(({ status, body, outcome, applicationId }) => {
        send(response, status, body);
        log?.({ method, status, outcome, ...(applicationId === undefined ? {} : { applicationId }) });
      });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const { address, family, port: actual } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${actual}`,
    close: async () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error === undefined) resolve();
          else reject(error);
        });
        server.closeIdleConnections();
      }),
  };
}

async function answerTo(
  request: IncomingMessage,
  options: CentreServiceOptions,
  running: Map<string, Promise<unknown>>,
): Promise<Answer> {
  const { method = "", url = "" } = request;
  const path = url.split("?")[0] ?? "";
  if (path === "/applications") {
    if (method !== "POST") throw new CentreError("CENTRE_METHOD", { method, allowed: "POST" });
    const contentType = request.headers["content-type"] ?? "nothing";
    if (!/^application\/json(?:;|$)/iu.test(contentType)) throw new CentreError("CENTRE_NOT_JSON", { contentType });
    const text = await readBody(request, options.maxBodyBytes ?? MAX_BODY_BYTES);
    const submission = submissionSchema.parse(parseJson(text), "$");
    const applicationId = options.applicationIdOf(submission.application).toLowerCase();
    try {
      await requireSubmitter(submission, options);
      const signed = await inTurn(running, applicationId, async () =>
        decideApplication(submission, applicationId, options),
      );
      if (signed !== undefined) return resultAnswer(signed);
      return { status: 202, body: { status: "undecided" }, outcome: "undecided", applicationId };
    } catch (error) {
      return { ...refusalOf(error), applicationId };
    }
  }
  const applicationId = /^\/applications\/(?<id>0x[0-9a-fA-F]{64})$/u.exec(path)?.groups?.["id"]?.toLowerCase();
  if (applicationId === undefined) throw new CentreError("CENTRE_NOT_FOUND", { path: path.slice(0, 200) });
  if (method !== "GET") throw new CentreError("CENTRE_METHOD", { method, allowed: "GET" });
  const decision = options.store.find(applicationId);
  if (decision === undefined) throw new CentreError("CENTRE_NO_RESULT", { applicationId });
  return resultAnswer(await signDecision(decision, options));
}

/** Runs once everything that came before about the same application has ended. */
async function inTurn<T>(running: Map<string, Promise<unknown>>, key: string, run: () => Promise<T>): Promise<T> {
  const mine = (running.get(key) ?? Promise.resolve()).then(run);
  const settled = mine.catch(() => undefined);
  running.set(key, settled);
  try {
    return await mine;
  } finally {
    if (running.get(key) === settled) running.delete(key);
  }
}

function resultAnswer(signed: SignedResult): Answer {
  const { approved, applicationId } = signed.result;
  const outcome = approved ? "approved" : "rejected";
  return { status: 200, body: signedResultSchema.format(signed), outcome, applicationId };
}

function refusalOf(error: unknown): Answer {
  // What is no error of the SDK may say anything: it stays here.
  const known: GuildhallError =
    error instanceof GuildhallError ? (error as GuildhallError) : new CentreError("CENTRE_INTERNAL", {});
  const { code, args, message, what, advice } = known;
  const isTheirs = known instanceof CertificateError || known instanceof DocumentError || known instanceof CentreError;
  const status = STATUS[code] ?? (isTheirs ? 422 : 500);
  return { status, body: { error: { code, args, message, what, advice } }, outcome: code };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
  const head = { "content-type": "application/json", "cache-control": "no-store" };
  // What is left of a body that is too large is not waited for.
  response.writeHead(status, status === 413 ? { ...head, connection: "close" } : head);
  response.end(text);
}
