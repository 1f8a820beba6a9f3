/**
 * One party of the demo, in a process of its own. It makes its key here, and no other process ever sees it; what it does
 * follows from what others send it, from the order file, and from the chain.
 *
 * Usage: party.ts <role> <name>, started by the demo with a channel for messages.
 */
import { JsonRpcProvider, Wallet } from "ethers";

import { createFrostIdentity } from "../../sdk/src/index.js";
import { connectSince } from "./chain/connectSince.js";
import { dealPlans } from "./deals/dealPlans.js";
import type { FromParty, PartyRole, ToParty } from "./parties/messages.js";
import { SerialWallet } from "./parties/SerialWallet.js";
import { Stage } from "./parties/Stage.js";
import { playBuyer } from "./parties/playBuyer.js";
import { playCourier } from "./parties/playCourier.js";
import { playCustomer } from "./parties/playCustomer.js";
import { playMember } from "./parties/playMember.js";
import { playMerchant } from "./parties/playMerchant.js";
import { playOperator } from "./parties/playOperator.js";
import { playRegistrar } from "./parties/playRegistrar.js";
import { playRelayer } from "./parties/playRelayer.js";

const [role = "", name = ""] = process.argv.slice(2);

function say(message: FromParty): void {
  process.send?.(message);
}

const key = Wallet.createRandom().privateKey;
const address = new Wallet(key).address;
const { identity, member } = createFrostIdentity(address);

async function play({ setup }: ToParty): Promise<void> {
  const provider = new JsonRpcProvider(setup.rpcUrl, undefined, {
    staticNetwork: true,
    pollingInterval: 100,
    // Answers are not kept: what was true a moment ago need not be.
    cacheTimeout: -1,
  });
  const signer = new SerialWallet(key, provider);
  const hall = await connectSince(signer, setup.directory, setup.fromBlock);
  const stage = new Stage({ name, signer, hall, setup, say, parts: role === "merchant" ? dealPlans.length : 1 });
  switch (role as PartyRole) {
    case "merchant":
      return playMerchant(stage);
    case "customer":
      return playCustomer(stage);
    case "buyer":
      return playBuyer(stage);
    case "member":
      return playMember(stage, identity);
    case "operator":
      return playOperator(stage);
    case "registrar":
      return playRegistrar(stage);
    case "relayer":
      return playRelayer(stage);
    case "courier":
      return playCourier(stage);
    // Only who plays with certificates loads X.509.
    case "centre":
      return (await import("./parties/playCentre.js")).playCentre(stage);
    case "device":
      return (await import("./parties/playDevice.js")).playDevice(stage);
    case "gateway":
      return (await import("./parties/playGateway.js")).playGateway(stage);
  }
}

// A Ctrl-C reaches the whole group of processes; the demo ends its parties itself.
process.on("SIGINT", () => undefined);
process.on("disconnect", () => process.exit(1));
process.once("message", (message: ToParty) => {
  play(message).then(
    () => {
      process.send?.({ type: "done" } satisfies FromParty, () => process.exit(0));
    },
    (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      process.send?.({ type: "failed", reason } satisfies FromParty, () => process.exit(1));
    },
  );
});
say({ type: "hello", person: { address, channelKey: member.channelKey } });
