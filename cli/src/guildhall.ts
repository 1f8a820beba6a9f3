#!/usr/bin/env node
import { askSecret } from "./askSecret.js";
import { run } from "./run.js";

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isWatched: process.stderr.isTTY,
  askSecret: process.stdin.isTTY ? askSecret : undefined,
});
