/**
 * Runs a program for as long as the process that asked for it lives: that process holds the other end of this one's
 * input, which closes however it ends. Started by `startGuarded`.
 */
import { spawn } from "node:child_process";

const [program = "", ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"], detached: true });

process.stdin.resume();
process.stdin.on("end", () => child.kill("SIGKILL"));
process.stdin.on("error", () => child.kill("SIGKILL"));
// A Ctrl-C reaches the whole group of processes; the demo ends its chain itself, after its parties.
process.on("SIGINT", () => undefined);
for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill("SIGKILL"));
child.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on("exit", (code) => process.exit(code ?? 1));
