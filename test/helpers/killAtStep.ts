/**
 * Preloaded into a process (`--import`), kills it with SIGKILL right before its n-th change to the file system, where n is
 * GUILDHALL_KILL_AT. Every file that is opened, written, synced, renamed counts as one step. Inert without the variable.
 */
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const killAt = Number(process.env["GUILDHALL_KILL_AT"] ?? "0");

if (killAt > 0) {
  let steps = 0;
  const step = (): void => {
    steps += 1;
    if (steps === killAt) process.kill(process.pid, "SIGKILL");
  };
  const { open, rename, writeFile } = fs;
  fs.rename = (...args) => {
    step();
    return rename(...args);
  };
  fs.writeFile = (...args) => {
    step();
    return writeFile(...args);
  };
  fs.open = async (...args) => {
    step();
    const handle = await open(...args);
    const sync = handle.sync.bind(handle);
    handle.sync = () => {
      step();
      return sync();
    };
    return handle;
  };
  syncBuiltinESMExports();
}
