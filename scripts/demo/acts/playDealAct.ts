import { fileURLToPath } from "node:url";

import { checkBooks } from "../books/checkBooks.js";
import { readBooks } from "../books/readBooks.js";
import { planMoment } from "../chain/planMoment.js";
import { reachMoment } from "../chain/reachMoment.js";
import type { Cast } from "../parties/Cast.js";
import { formatBooks } from "../report/formatBooks.js";
import { balancesAtEnd, balancesAtMoment, endowments, firstAct } from "../stories/stories.js";
import { introduce } from "./introduce.js";
import type { ActResult, World } from "./World.js";

const ORDERS = fileURLToPath(new URL("../orders.json", import.meta.url));

/** Gas for which each party is given money: more than the longest part uses. */
const GAS = 3_000_000n;

/** Plays the deals and the committee, at the same time. */
export async function playDealAct(world: World, cast: Cast): Promise<ActResult> {
  const { url, provider, funder, hall, directory, token, fromBlock, run, folder, timing, progress } = world;
  const { people, accounts } = await introduce(world, cast, { gasOf: () => GAS, tokens: endowments });
  const { moment, set, patience } = await planMoment(provider, timing);
  progress.note(`The rebate moment is ${new Date(moment * 1_000).toISOString()} on the chain's clock`);
  for (const { id, title } of firstAct) progress.note(`Story "${id}": ${title}`);
  cast.play({
    ...{ fromBlock, rpcUrl: url, directory, token, run, people, moment, patience },
    mailbox: folder,
    orders: ORDERS,
  });
  await cast.readyForMoment(0);
  const books = { hall, token, accounts };
  const before = await readBooks({ ...books, when: "Just before the moment", expected: balancesAtMoment });
  await reachMoment({
    provider,
    funder,
    moment,
    what: "the rebate moment",
    set,
    log: (line) => {
      progress.note(line);
    },
  });
  cast.resume(0);
  await cast.done();
  const after = await readBooks({ ...books, when: "At the end", expected: balancesAtEnd });
  return { books: [formatBooks(before), formatBooks(after)], faults: [...checkBooks(before), ...checkBooks(after)] };
}
