import type { Chain, OwnChain } from "./Chain.js";
import { requireFreePort } from "./requireFreePort.js";
import { startAnvil } from "./startAnvil.js";
import { startHardhat } from "./startHardhat.js";

/** Which chain to play on: one that is started, or the one behind a URL. */
export type ChainChoice = { readonly start: OwnChain; readonly port: number } | { readonly url: string };

/**
 * Starts the chain that was chosen, or takes the one that is there.
 *
 * @throws {ScriptError} `PortTaken`, `FoundryMissing`, `ChainNotStarted`
 */
export async function openChain(choice: ChainChoice): Promise<Chain> {
  if ("url" in choice) return { name: "the chain given", url: choice.url, stop: () => Promise.resolve() };
  await requireFreePort(choice.port);
  return choice.start === "anvil" ? startAnvil(choice.port) : startHardhat(choice.port);
}
