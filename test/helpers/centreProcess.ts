/**
 * An authentication centre in a process of its own, honest or not: `node centreProcess.ts --centre <file>`. It prints its
 * address, and ends when its input ends. Inert when imported.
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import type { CertificationResult } from "../../sdk/src/certificates/index.js";
import { createCentreService, openDecisionStore } from "../../sdk/src/node/certificates/index.js";
import { applicationIdOf, place, signerOf } from "./centres.js";

/** What the process is told. */
export type CentreOrders = {
  readonly centre: number;
  readonly committeeId: string;
  readonly chainId: string;
  readonly secretKey: string;
  readonly store: string;
  readonly now: number;
  /**
   * - `approve`, `reject`, `undecided`: an honest centre that comes to that
   * - `wrongKey`: signs with another key
   * - `dies`: is killed after deciding, before it signs
   * - `diesSigned`: is killed after signing, before it answers
   * - `bothAnswers`: signs a yes, and a no when it is asked again
   * - `otherDraft`: signs a yes about another draft
   * - `silent`: takes requests and never answers
   * - `garbage`: answers what is no answer; `endless`: never stops answering
   */
  readonly mode: "approve" | "reject" | "undecided" | "wrongKey" | "dies" | "diesSigned" | Dishonest;
  /** What a dishonest centre signs. */
  readonly result: CertificationResult;
};

type Dishonest = "bothAnswers" | "otherDraft" | "silent" | "garbage" | "endless";

const DISHONEST: ReadonlySet<string> = new Set<Dishonest>([
  "bothAnswers",
  "otherDraft",
  "silent",
  "garbage",
  "endless",
]);

async function serveHonestly({ mode, ...orders }: CentreOrders): Promise<string> {
  const signer = signerOf(mode === "wrongKey" ? 99 : orders.centre);
  const store = openDecisionStore(orders.store);
  const { url } = await createCentreService({
    ...orders,
    epoch: orders.result.epoch,
    chainId: BigInt(orders.chainId),
    ledger: place.contract,
    applicationIdOf,
    store: {
      ...store,
      keepResult: (signed) => {
        const kept = store.keepResult(signed);
        if (mode === "diesSigned") process.kill(process.pid, "SIGKILL");
        return kept;
      },
    },
    signResult: async (result) => {
      if (mode === "dies") process.kill(process.pid, "SIGKILL");
      return signer.signResult(result);
    },
    checkIdentity: async () =>
      Promise.resolve(
        mode === "undecided"
          ? { verdict: "undecided" }
          : mode === "reject"
            ? { verdict: "reject", reason: 4 }
            : { verdict: "approve" },
      ),
    clock: async () => Promise.resolve(BigInt(orders.now)),
  });
  return url;
}

const NO_HASHES = { tbsHash: `0x${"00".repeat(32)}`, contentHash: `0x${"00".repeat(32)}` };

async function serveDishonestly({ centre, mode, result }: CentreOrders): Promise<string> {
  const { signResult } = signerOf(centre);
  const answers = {
    yes: { result, signature: await signResult(result) },
    // A rejection is of no draft.
    no: { result: { ...result, ...NO_HASHES, approved: false, reason: 1 }, signature: "" },
    other: { result: { ...result, tbsHash: `0x${"12".repeat(32)}` }, signature: "" },
  };
  answers.no.signature = await signResult(answers.no.result);
  answers.other.signature = await signResult(answers.other.result);
  const server = createServer(({ method }, response) => {
    if (mode === "silent") return;
    if (mode === "garbage") response.end("<html>");
    else if (mode === "endless") {
      const pour = (): void => {
        if (!response.destroyed) response.write("x".repeat(65_536), pour);
      };
      pour();
    } else if (mode === "otherDraft") response.end(JSON.stringify(answers.other));
    else response.end(JSON.stringify(method === "POST" ? answers.yes : answers.no));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function run(path: string): Promise<void> {
  const orders = JSON.parse(await readFile(path, "utf8")) as CentreOrders;
  const url = await (DISHONEST.has(orders.mode) ? serveDishonestly(orders) : serveHonestly(orders));
  process.stdout.write(`${url}\n`);
  process.stdin.on("end", () => process.exit(0)).resume();
}

if (process.argv[2] === "--centre" && process.argv[3] !== undefined) await run(process.argv[3]);
