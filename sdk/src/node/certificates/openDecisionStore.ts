import { DatabaseSync } from "node:sqlite";

import type { SignedResult } from "../../certificates/CertificationResult.js";
import { parseJson } from "../../core/documents/parseJson.js";
import { signedResultSchema } from "../../certificates/schemas.js";
import type { Decision, DecisionStore } from "./DecisionStore.js";

const TABLES = `
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS decisions (
    application_id TEXT PRIMARY KEY, tbs_hash TEXT NOT NULL, content_hash TEXT NOT NULL,
    approved INTEGER NOT NULL, reason INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS results (
    application_id TEXT NOT NULL, epoch INTEGER NOT NULL, signed TEXT NOT NULL, PRIMARY KEY (application_id, epoch)
  ) STRICT;
`;

/**
 * Opens a centre's decisions in a file, which is made where it is not there. Only hashes and reason codes are kept: nothing
 * of an identification. The first decision about an application stays, whatever process writes a second.
 *
 * @example
 * import { openDecisionStore } from "@guildhall/sdk/node/certificates";
 * const store = openDecisionStore(`${folder}/decisions.sqlite`);
 * const hash = `0x${"11".repeat(32)}`;
 * const yes = { applicationId: hash, tbsHash: hash, contentHash: hash, approved: true, reason: 0 };
 * store.decide(yes);
 * assert.deepEqual(store.decide({ ...yes, approved: false, reason: 1 }), yes);
 * store.close();
 */
export function openDecisionStore(path: string): DecisionStore {
  const database = new DatabaseSync(path);
  // Two processes on one file wait for each other.
  database.exec("PRAGMA busy_timeout = 5000;");
  database.exec(TABLES);
  const select = database.prepare("SELECT * FROM decisions WHERE application_id = ?");
  const insert = database.prepare("INSERT INTO decisions VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const selectResult = database.prepare("SELECT signed FROM results WHERE application_id = ? AND epoch = ?");
  const insertResult = database.prepare("INSERT INTO results VALUES (?, ?, ?) ON CONFLICT DO NOTHING");

  const find = (applicationId: string): Decision | undefined => {
    const row = select.get(applicationId);
    return (
      row && {
        applicationId,
        tbsHash: String(row["tbs_hash"]),
        contentHash: String(row["content_hash"]),
        approved: row["approved"] === 1,
        reason: Number(row["reason"]),
      }
    );
  };
  const findResult = (applicationId: string, epoch: number): SignedResult | undefined => {
    const row = selectResult.get(applicationId, epoch);
    return row && signedResultSchema.parse(parseJson(String(row["signed"])), "$");
  };
  return {
    find,
    decide: (decision) => {
      const { applicationId, tbsHash, contentHash, approved, reason } = decision;
      insert.run(applicationId, tbsHash, contentHash, approved ? 1 : 0, reason);
      return find(applicationId) ?? decision;
    },
    findResult,
    keepResult: (signed) => {
      const { applicationId, epoch } = signed.result;
      insertResult.run(applicationId, epoch, JSON.stringify(signedResultSchema.format(signed)));
      return findResult(applicationId, epoch) ?? signed;
    },
    close: () => {
      database.close();
    },
  };
}
