#!/usr/bin/env node
/**
 * What Stryker runs for each mutant, in its sandbox: asks the worker beside it, and starts it the first time. A mutant that
 * lives there is put to the tests once more in a process of its own, as what is reckoned while a module loads keeps in a
 * worker what it was. Exits 1 when a test fails, or when they do not end.
 *
 *     ask.mjs <test files…>
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const START_SECONDS = 180;
const MOST_SECONDS = 120;

const files = process.argv.slice(2);
const mutant = process.env.__STRYKER_ACTIVE_MUTANT__ ?? "";
const name = createHash("sha256").update(process.cwd()).digest("hex").slice(0, 16);
const socket = join(tmpdir(), `guildhall-stryker-${name}.sock`);

/** The worker's answer; undefined where there is no worker. */
function ask() {
  return new Promise((resolve) => {
    let text = "";
    const connection = connect(socket, () => connection.write(`${mutant}\n`));
    connection.on("data", (chunk) => (text += chunk));
    connection.on("end", () => resolve(text === "" ? undefined : JSON.parse(text)));
    connection.on("error", () => resolve(undefined));
  });
}

async function start() {
  const program = new URL("worker.ts", import.meta.url).pathname;
  const env = { ...process.env, HH_TEST: "true", NODE_ENV: "test" };
  delete env.__STRYKER_ACTIVE_MUTANT__;
  spawn(process.execPath, ["--import", "tsx", program, socket, ...files], {
    detached: true,
    stdio: "ignore",
    env,
  }).unref();
  for (let i = 0; i < 2 * START_SECONDS && !existsSync(socket); i += 1) await wait(500);
}

function runFresh() {
  const program = join(process.cwd(), "node_modules/hardhat/dist/src/cli.js");
  const { status, stdout } = spawnSync(
    process.execPath,
    [program, "test", "mocha", "--no-compile", "--bail", ...files],
    {
      encoding: "utf8",
      timeout: MOST_SECONDS * 1000,
    },
  );
  if (status !== 0) console.log(stdout);
  return status === 0 ? 0 : 1;
}

/** The worker's process id, and the seconds after which a run does not end. */
function worker() {
  return JSON.parse(readFileSync(`${socket}.pid`, "utf8"));
}

/** The answer of a worker that is not spent, or of one that was new; undefined where there is none. */
async function judge() {
  if (!existsSync(socket)) await start();
  if (!existsSync(socket)) return undefined;
  const { seconds } = worker();
  const limit = Math.min(MOST_SECONDS, seconds) * 1000;
  const answer = await Promise.race([ask(), wait(limit, "late", { ref: false })]);
  if (answer?.spent !== true) return answer;
  rmSync(socket, { force: true });
  return answer.first ? answer : judge();
}

const answer = await judge();
if (answer === "late") {
  process.kill(worker().pid, "SIGKILL");
  rmSync(socket, { force: true });
  console.log("The tests did not end.");
  process.exit(1);
}
if (answer?.failure !== undefined) {
  console.log(answer.failure);
  process.exit(1);
}
if (answer?.tests > 0 && mutant === "") process.exit(0);
if (answer === undefined) rmSync(socket, { force: true });
process.exit(runFresh());
