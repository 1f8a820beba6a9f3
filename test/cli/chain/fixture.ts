import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { encryptKeystoreJsonSync, id, type JsonRpcSigner, Wallet } from "ethers";

import { run } from "../../../cli/src/run.js";
import { bundleProgram } from "../../../scripts/support/bundleProgram.js";
import { cycleTimes, Guildhall, type Pool, type PoolConfig, type UserAccount } from "../../../sdk/src/index.js";
import { BlockingToken__factory } from "../../../typechain-types/index.js";
import type { BlockingToken } from "../../../typechain-types/index.js";
import { startHardhat, type TestNode } from "../../helpers/node.js";
import { deploySuite } from "../../helpers/suite.js";

export const PASSWORD = "a password with spaces ";

export const GRANT = 10n;
/** A thousandth of the profit for each unit. */
const SHARE = 10n ** 15n;

/** How a program ended; no code where a signal ended it. */
export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** Users with accounts of no key; every third is not eligible. */
export const users: readonly UserAccount[] = Array.from({ length: 7 }, (_, i) => ({
  userId: id(`user ${i}`),
  account: `0x${id(`account ${i}`).slice(2, 42)}`,
}));
export const isEligible = (index: number): boolean => index % 3 !== 2;

/** A deployed suite behind a real node, a folder of files, and the program as a user starts it. */
export type Stage = {
  readonly node: TestNode;
  readonly folder: string;
  readonly operator: JsonRpcSigner;
  /** As {@link operator}. */
  readonly hall: Guildhall;
  readonly token: BlockingToken;
  /** `--rpc` and `--directory`. */
  readonly chain: readonly string[];
  /** The keystore of an account with money, in the folder. */
  readonly key: readonly string[];
  /** The keystore's account. */
  readonly keyHall: Guildhall;
  /** The account that the node signs for as operator of all pools. */
  readonly asOperator: readonly string[];
  readonly start: (args: readonly string[]) => { readonly process: ChildProcess; readonly ended: Promise<Ended> };
  readonly guildhall: (args: readonly string[]) => Promise<Ended>;
  readonly close: () => Promise<void>;
};

export async function openStage(): Promise<Stage> {
  const node = await startHardhat();
  const folder = await mkdtemp(join(tmpdir(), "guildhall-chain-"));
  const operator = await node.provider.getSigner(0);
  const { Directory: directory } = await deploySuite(operator);
  const token = await new BlockingToken__factory(operator).deploy();
  await (await token.mint(operator.address, 10n ** 24n)).wait();
  const anyone = new Wallet(id("anyone"), node.provider);
  await (await operator.sendTransaction({ to: anyone.address, value: 10n ** 18n })).wait();
  await writeFile(join(folder, "key.json"), encryptKeystoreJsonSync(anyone, PASSWORD, { scrypt: { N: 2 } }));
  await writeFile(join(folder, "password"), `${PASSWORD}\n`);
  const lines = users.map(({ userId }, index) => `${userId},${isEligible(index)}\n`).join("");
  await writeFile(join(folder, "users.csv"), `userId,eligible\n${lines}`);
  await writeFile(
    join(folder, "bound.csv"),
    `userId,index\n${users.map(({ userId }, index) => `${userId},${index}\n`).join("")}`,
  );

  const program = await bundleProgram(new URL("../../../cli/src/guildhall.ts", import.meta.url));
  const start = (args: readonly string[]) => {
    const child = spawn(process.execPath, [program, ...args], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
    const ended = once(child, "close").then(() => ({ code: child.exitCode, out, err }));
    return { process: child, ended };
  };
  return {
    node,
    folder,
    operator,
    hall: await Guildhall.connect(operator, { directory }),
    keyHall: await Guildhall.connect(anyone, { directory }),
    token,
    chain: ["--rpc", node.url, "--directory", directory],
    key: ["--keystore", "key.json", "--password-file", "password"],
    asOperator: ["--from", operator.address],
    start,
    guildhall: (args) => start(args).ended,
    close: async () => {
      await node.stop();
      await rm(folder, { recursive: true });
    },
  };
}

let pools = 0;

/** A pool that begins in 100 seconds, with all users bound. Whoever creates it is its operator. */
export async function createPool(stage: Stage, change: Partial<PoolConfig> = {}, creator = stage.hall): Promise<Pool> {
  const { rewards, context } = stage.hall;
  const config: PoolConfig = {
    mode: "ROSTER",
    form: "ROOT",
    totalUnits: 1_000n,
    grant: GRANT,
    start: Number(await context.clock()) + 100,
    cycleLength: 1_000,
    publishWindow: 100,
    disputeWindow: 50,
    actionWindow: 500,
    registrar: stage.operator.address,
    profitToken: await stage.token.getAddress(),
    share: SHARE,
    conditionHash: id("condition"),
    metadataUri: "https://example.org/condition",
    ...change,
  };
  pools += 1;
  const { poolId } = await (await creator.rewards.createPool({ salt: id(`pool ${pools}`), config })).wait();
  await (await rewards.bind({ poolId, users })).wait();
  return rewards.pool(poolId);
}

/** Builds the roster of a pool's cycle into the folder, and gives its path. */
export async function buildFile(stage: Stage, { poolId, form }: Pool, cycle = 0, lines = "users.csv"): Promise<string> {
  const file = join(stage.folder, `${poolId}-${cycle}-${lines}.roster`);
  const bound = form === "BITMAP" ? ["--form", "bitmap", "--bound", join(stage.folder, "bound.csv")] : [];
  const args = ["rewards", "build", join(stage.folder, lines), "--pool", poolId, "--cycle", String(cycle)];
  const silent = { out: () => undefined, err: () => undefined, isWatched: false };
  const code = await run([...args, "--out", file, "--none-eligible", ...bound], silent);
  if (code !== 0) throw new TypeError(`the roster was not built: ${code}`);
  return file;
}

/** Sets the chain's clock to a moment of a cycle. */
export async function toMoment(
  { node }: Stage,
  pool: Pool,
  cycle: number,
  moment: "end" | "publishUntil" | "finalFrom" | "actionUntil",
): Promise<void> {
  await node.provider.send("evm_setNextBlockTimestamp", [cycleTimes(pool, cycle)[moment]]);
  await node.provider.send("evm_mine", []);
}

/** What each user holds, and how many `Settled` there were for it. */
export async function booksOf({ hall }: Stage, { poolId }: Pool) {
  const members = await Promise.all(users.map(({ userId }) => hall.rewards.member(poolId, userId)));
  const settled = await hall.rewards.history({ poolId, names: ["Settled"] });
  return { units: members.map((member) => member?.units), settled: settled.length };
}

/** What each user holds after one cycle. */
export const earned = users.map((_, index) => (isEligible(index) ? GRANT : 0n));
