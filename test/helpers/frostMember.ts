/** A member generating its share in a process of its own: `node frostMember.ts --frost-member <file>`. Inert when imported. */
import { readFile, writeFile } from "node:fs/promises";

import { getBytes } from "ethers";

import { type FrostMember, generateFrostShare, serializeFrostShare } from "../../sdk/src/frost/index.js";
import { openFolderTransport } from "../../sdk/src/node/index.js";

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
};

async function run(path: string): Promise<void> {
  const orders = JSON.parse(await readFile(path, "utf8")) as MemberOrders;
  const { session, messages: folder, id: self, members, threshold } = orders;
  await generateFrostShare({
    session,
    transport: await openFolderTransport({ folder, self, parties: members.map(({ id }) => id) }),
    self: { id: self, secretKey: getBytes(orders.secretKey) },
    members,
    threshold,
    patience: () => AbortSignal.timeout(30_000),
    keep: (share) => writeFile(orders.share, serializeFrostShare(share), { mode: 0o600 }),
  });
}

if (process.argv[2] === "--frost-member" && process.argv[3] !== undefined) await run(process.argv[3]);
