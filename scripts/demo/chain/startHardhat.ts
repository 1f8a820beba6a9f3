import hre from "hardhat";

import type { Chain } from "./Chain.js";

/** Starts Hardhat's node on loopback, in this process: it ends with it, whatever happens. */
export async function startHardhat(port: number): Promise<Chain> {
  const server = await hre.network.createServer("hardhat", "127.0.0.1", port);
  const listening = await server.listen();
  return {
    name: "Hardhat's node",
    url: `http://127.0.0.1:${listening.port}`,
    stop: () => server.close(),
  };
}
