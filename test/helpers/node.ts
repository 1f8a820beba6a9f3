import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";

import { JsonRpcProvider } from "ethers";
import { network } from "hardhat";

import { foundry } from "../../scripts/support/foundry.js";
import { GuildhallError } from "../../sdk/src/core/errors/GuildhallError.js";

/** A chain behind real JSON-RPC. */
export type TestNode = {
  readonly url: string;
  readonly provider: JsonRpcProvider;
  readonly stop: () => Promise<void>;
};

/** A provider that caches nothing and polls fast. */
export function connectTo(url: string): JsonRpcProvider {
  return new JsonRpcProvider(url, undefined, { cacheTimeout: -1, pollingInterval: 20 });
}

/** Starts Hardhat's node on a free port. */
export async function startHardhat(networkName = "hardhat"): Promise<TestNode> {
  const server = await network.createServer(networkName, "127.0.0.1", 0);
  const { address, port } = await server.listen();
  const url = `http://${address}:${port}`;
  const provider = connectTo(url);
  return {
    url,
    provider,
    stop: async () => {
      provider.destroy();
      await server.close();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** The anvil program, where there is one for this platform. */
export function anvilProgram(): string | undefined {
  try {
    return foundry("anvil");
  } catch {
    return undefined;
  }
}

async function listening(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on("data", (chunk: Buffer) => {
      if (chunk.toString().includes("Listening on")) resolve();
    });
    child.once("exit", (code) => {
      reject(
        new GuildhallError({
          code: "ANVIL_DIED",
          args: { code },
          what: `anvil ended with code ${code ?? "none"}.`,
          advice: "Run it by hand to see why.",
        }),
      );
    });
  });
}

/** Starts anvil on a free port. */
export async function startAnvil(program: string, options: readonly string[] = []): Promise<TestNode> {
  const port = await freePort();
  const child = spawn(program, ["--port", `${port}`, "--hardfork", "osaka", ...options], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  await listening(child);
  const url = `http://127.0.0.1:${port}`;
  const provider = connectTo(url);
  return {
    url,
    provider,
    stop: async () => {
      provider.destroy();
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill();
      await ended;
    },
  };
}
