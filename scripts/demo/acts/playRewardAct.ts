import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { planMoment } from "../chain/planMoment.js";
import { chainTime } from "../chain/chainTime.js";
import { reachMoment } from "../chain/reachMoment.js";
import type { Cast } from "../parties/Cast.js";
import { checkFigures } from "../rewards/books/checkFigures.js";
import { formatFigures } from "../rewards/books/formatFigures.js";
import { readRewardBooks } from "../rewards/books/readRewardBooks.js";
import { demoDeliveries } from "../rewards/deliveries/demoDeliveries.js";
import { writeDeliveries } from "../rewards/deliveries/writeDeliveries.js";
import { momentsOf } from "../rewards/momentsOf.js";
import { planCycles } from "../rewards/planCycles.js";
import { rewardFiles } from "../rewards/rewardFiles.js";
import { OPERATOR, OPERATOR_FUNDS, REGISTRAR, RELAYER } from "../rewards/rewardPlans.js";
import { secondAct } from "../stories/stories.js";
import { introduce } from "./introduce.js";
import type { ActResult, World } from "./World.js";

/** Gas for which a party is given money, where it sends anything: more than its part uses. */
const GAS: Readonly<Record<string, bigint>> = {
  [OPERATOR]: 10_000_000n,
  [REGISTRAR]: 150_000_000n,
  [RELAYER]: 150_000_000n,
};

/** Seconds that the work on all couriers may take beyond a party's patience. */
const WORK = 30;

/** Plays three cycles of the reward pools. */
export async function playRewardAct(world: World, cast: Cast): Promise<ActResult> {
  const { url, provider, funder, directory, token, fromBlock, run, interval, timing, progress } = world;
  const { people } = await introduce(world, cast, {
    gasOf: (party) => GAS[party] ?? 0n,
    tokens: new Map([[OPERATOR, OPERATOR_FUNDS]]),
  });
  for (const { id, title } of secondAct) progress.note(`Story "${id}": ${title}`);
  const { set, patience } = await planMoment(provider, timing);
  const now = Math.max(await chainTime(provider), set ? 0 : Math.floor(Date.now() / 1_000));
  const cycles = planCycles({ now, set, interval });
  const folder = join(world.folder, "rewards");
  await mkdir(folder);
  const files = rewardFiles(folder);
  await writeDeliveries(files.deliveries, cycles, demoDeliveries());
  progress.note(
    `The deliveries are in ${files.deliveries}; a cycle is of ${cycles.cycleLength} s on the chain's clock`,
  );
  const moments = momentsOf(cycles);
  cast.play({
    fromBlock,
    rpcUrl: url,
    directory,
    token,
    run,
    mailbox: folder,
    people,
    moment: moments.at(-1)?.at ?? now,
    // Behind a letter may be the work on all couriers and, where time is waited for, a cycle.
    patience: patience + 1_000 * (set ? WORK : cycles.cycleLength),
    cycles,
  });
  for (const [index, { what, at }] of moments.entries()) {
    await cast.readyForMoment(index);
    await reachMoment({
      provider,
      funder,
      moment: at,
      what,
      set,
      log: (line) => {
        progress.note(line);
      },
    });
    cast.resume(index);
  }
  await cast.done();
  const books = await readRewardBooks(world, { people, couriers: files.couriers });
  return { books: [formatFigures("books of the reward pools", books.shown)], faults: checkFigures(books.all) };
}
