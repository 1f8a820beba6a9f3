/**
 * A member of a FROST group in a process of its own, that takes part in a key generation, or in a resharing where it is told
 * the old group: `node frostMember.ts --frost-member <file>`. Inert when imported.
 */
import { readFile } from "node:fs/promises";

import { getBytes } from "ethers";

import {
  type FrostGroup,
  type FrostMember,
  generateFrostShare,
  parseFrostShare,
  reshareFrostGroup,
} from "../../sdk/src/frost/index.js";
import { openFolderTransport } from "../../sdk/src/node/index.js";
import { openShareFiles } from "./shareFiles.js";

/** What the process is told. */
export type MemberOrders = {
  readonly session: string;
  readonly messages: string;
  readonly id: string;
  readonly secretKey: string;
  readonly members: readonly FrostMember[];
  readonly threshold: number;
  /** Where it keeps its share; no other process reads it. */
  readonly share: string;
  /** The group to reshare, of which its share is in place. */
  readonly from?: FrostGroup;
};

async function run(path: string): Promise<void> {
  const orders = JSON.parse(await readFile(path, "utf8")) as MemberOrders;
  const { session, messages: folder, id: self, members, threshold, from } = orders;
  const files = openShareFiles(orders.share);
  const options = {
    session,
    transport: await openFolderTransport({ folder, self, parties: members.map(({ id }) => id) }),
    self: { id: self, secretKey: getBytes(orders.secretKey) },
    members,
    threshold,
    patience: () => AbortSignal.timeout(30_000),
    keep: files.keep,
  };
  if (from === undefined) {
    await generateFrostShare(options);
  } else {
    const share = parseFrostShare(await readFile(orders.share, "utf8"));
    await reshareFrostGroup({ ...options, from, dealers: members, share });
  }
  await files.use();
}

if (process.argv[2] === "--frost-member" && process.argv[3] !== undefined) await run(process.argv[3]);
