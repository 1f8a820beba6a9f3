import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import { bundleProgram } from "../../support/bundleProgram.js";
import { foundry } from "../../support/foundry.js";
import { ScriptError } from "../../support/ScriptError.js";
import type { Chain } from "./Chain.js";

/**
 * Starts anvil on loopback, under a guard that ends it with this process.
 *
 * @throws {ScriptError} `FoundryMissing`, or `ChainNotStarted` with what anvil said.
 */
export async function startAnvil(port: number): Promise<Chain> {
  const options = ["--host", "127.0.0.1", "--port", String(port), "--hardfork", "osaka", "--chain-id", "31337"];
  const program = await bundleProgram(new URL("guard.ts", import.meta.url));
  const guard = spawn(process.execPath, [program, foundry("anvil"), ...options], { stdio: ["pipe", "pipe", "pipe"] });
  const ended = once(guard, "exit");
  const said: string[] = [];
  const listening = await new Promise<string | undefined>((resolve) => {
    for (const stream of [guard.stdout, guard.stderr]) {
      createInterface({ input: stream }).on("line", (line) => {
        const address = /^Listening on (\S+)$/.exec(line)?.[1];
        if (address === undefined) said.push(line);
        else resolve(address);
      });
    }
    guard.on("error", () => {
      resolve(undefined);
    });
    guard.on("exit", () => {
      resolve(undefined);
    });
  });
  if (listening === undefined) {
    const reason = said.slice(-3).join(" ").trim() || "it said nothing";
    throw new ScriptError(
      "ChainNotStarted",
      `anvil did not start: ${reason}. Free the port, or choose another chain.`,
      {
        port,
      },
    );
  }
  return {
    name: "anvil",
    url: `http://${listening}`,
    stop: async () => {
      guard.stdin.end();
      await ended;
    },
  };
}
