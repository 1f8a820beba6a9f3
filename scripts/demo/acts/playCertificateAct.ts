import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { committeeIdOf } from "../../../sdk/src/index.js";
import { checkEntries } from "../certificates/books/checkEntries.js";
import { expectedCertificates } from "../certificates/books/expectedCertificates.js";
import { formatEntries } from "../certificates/books/formatEntries.js";
import { readCertificateBooks } from "../certificates/books/readCertificateBooks.js";
import { GATEWAY, RECEIVING } from "../certificates/certificatePlan.js";
import { committeeSalt } from "../certificates/committeeSalt.js";
import { chainTime } from "../chain/chainTime.js";
import { planMoment } from "../chain/planMoment.js";
import type { Cast } from "../parties/Cast.js";
import { thirdAct } from "../stories/stories.js";
import { introduce } from "./introduce.js";
import type { ActResult, World } from "./World.js";

/** Gas for which a party is given money, where it sends anything: more than its part uses. */
const GAS: Readonly<Record<string, bigint>> = { [RECEIVING]: 8_000_000n, [GATEWAY]: 1_000_000n };

/** Milliseconds for which certifying may take beyond a party's patience: all applications are served at the same time. */
const WORK = 30_000;

/** Plays the certificates: three centres certify, and TLS goes by what the ledger says. */
export async function playCertificateAct(world: World, cast: Cast): Promise<ActResult> {
  const { url, provider, hall, directory, token, fromBlock, run, timing, progress } = world;
  const { people, accounts } = await introduce(world, cast, {
    gasOf: (party) => GAS[party] ?? 0n,
    tokens: new Map(),
  });
  for (const { id, title } of thirdAct) progress.note(`Story "${id}": ${title}`);
  const { patience } = await planMoment(provider, timing);
  const mailbox = join(world.folder, "certificates");
  await mkdir(mailbox);
  cast.play({
    ...{ fromBlock, rpcUrl: url, directory, token, run, mailbox, people },
    // Nobody waits for a moment.
    moment: await chainTime(provider),
    patience: patience + WORK,
  });
  await cast.done();
  const creator = accounts.get(RECEIVING) ?? "";
  const committeeId = committeeIdOf({ creator, salt: committeeSalt(run) });
  const entries = await readCertificateBooks(hall, { committeeId, accounts, expected: expectedCertificates });
  return { books: [formatEntries("books of the certificates", entries)], faults: checkEntries(entries) };
}
