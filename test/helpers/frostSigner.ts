/** A member of a FROST group as a process of its own: `node frostSigner.ts --frost-signer <file>`. Inert when imported. */
import { readFile, writeFile } from "node:fs/promises";

import { getBytes } from "ethers";

import { type FrostMember, joinFrostSigning, parseFrostShare } from "../../sdk/src/frost/index.js";
import { openFileNonceStore, openFolderTransport } from "../../sdk/src/node/index.js";

/** What the process is told. The member's secrets are in its own file alone. */
export type SignerOrders = {
  readonly session: string;
  readonly messages: string;
  readonly nonces: string;
  readonly result: string;
  readonly secretKey: string;
  readonly share: string;
  readonly members: readonly FrostMember[];
  readonly coordinator: FrostMember;
  readonly digest: string;
};

async function run(path: string): Promise<void> {
  const orders = JSON.parse(await readFile(path, "utf8")) as SignerOrders;
  const share = parseFrostShare(orders.share);
  const parties = [orders.coordinator, ...orders.members].map(({ id }) => id);
  const signature = await joinFrostSigning({
    session: orders.session,
    transport: await openFolderTransport({ folder: orders.messages, self: share.member, parties }),
    self: { id: share.member, secretKey: getBytes(orders.secretKey) },
    members: orders.members,
    coordinator: orders.coordinator,
    share,
    digest: orders.digest,
    store: await openFileNonceStore(orders.nonces),
    patience: () => AbortSignal.timeout(30_000),
  });
  await writeFile(orders.result, signature);
}

if (process.argv[2] === "--frost-signer" && process.argv[3] !== undefined) await run(process.argv[3]);
