import { expect } from "chai";
import { concat, dataSlice, hexlify, toBeHex } from "ethers";

import type { World } from "../helpers/deals.js";
import { anybody, compact, ethers, highS, loadWorld, networkHelpers, refused } from "../helpers/deals.js";
import type { Slot } from "../helpers/entryPoints.js";
import { SLOTS } from "../helpers/entryPoints.js";

/** What somebody makes of a signature, or of what else it got to see. */
const FORGERIES: readonly { readonly name: string; readonly forge: (world: World, slot: Slot) => string }[] = [
  { name: "a high s", forge: (world, slot) => highS(honestOf(world, slot)) },
  { name: "64 bytes with the other parity", forge: (world, slot) => otherParity(compact(honestOf(world, slot))) },
  { name: "one cut to 32 bytes", forge: (world, slot) => dataSlice(honestOf(world, slot), 0, 32) },
  { name: "one cut to 63 bytes", forge: (world, slot) => dataSlice(honestOf(world, slot), 0, 63) },
  { name: "one with a byte too many", forge: (world, slot) => concat([honestOf(world, slot), "0x00"]) },
  { name: "one of zeros", forge: () => hexlify(new Uint8Array(65)) },
  { name: "v counted from zero", forge: (world, slot) => withV(honestOf(world, slot), -27) },
  { name: "the other v", forge: (world, slot) => withV(honestOf(world, slot), 0, true) },
  { name: "another key's", forge: (world, slot) => anybody("forger").sign(slot.digest(world)) },
  { name: "one for another chain", forge: (world, slot) => signedIn(world, slot, { chainId: 1n }) },
  {
    name: "one for another contract",
    forge: (world, slot) => signedIn(world, slot, { verifyingContract: world.tokenAddress }),
  },
  { name: "one for another version", forge: (world, slot) => signedIn(world, slot, { version: "2" }) },
  {
    name: "one for another document",
    forge: (world, slot) =>
      world[slot.role].sign(slot.digest({ ...world, start: world.start + 1n, moment: world.moment + 1n })),
  },
  {
    name: "one for another token of the same terms",
    forge: (world, slot) => world[slot.role].sign(slot.digest({ ...world, tokenAddress: world.stranger.address })),
  },
  {
    name: "the same party's on another endorsement",
    forge: (world, slot) => {
      const others = SLOTS.filter((other) => other.role === slot.role && other.digest(world) !== slot.digest(world));
      return world[slot.role].sign(others[SLOTS.indexOf(slot) % others.length]!.digest(world));
    },
  },
  {
    name: "the endorsement of another role",
    forge: (world, slot) => {
      const others = SLOTS.filter((other) => other.role !== slot.role);
      return world[slot.role].sign(others[SLOTS.indexOf(slot) % others.length]!.digest(world));
    },
  },
];

/** The code that an account turns out to have, and whether the contract takes its word. */
type Kind = {
  readonly name: string;
  readonly accepted: boolean;
  readonly install: (world: World, slot: Slot) => Promise<void>;
  readonly sign: (world: World, slot: Slot) => string;
};

const OWNER = anybody("owner of wallets");
const ownerSigns = (world: World, slot: Slot) => OWNER.sign(slot.digest(world));
const keySigns = (world: World, slot: Slot) => honestOf(world, slot);
const anything = () => "0xc0ffee";

const KINDS: readonly Kind[] = [
  {
    name: "a wallet whose owner signed with 65 bytes",
    accepted: true,
    install: put("OwnerWallet", [OWNER.address]),
    sign: ownerSigns,
  },
  {
    name: "a wallet whose owner signed with 64 bytes",
    accepted: true,
    install: put("OwnerWallet", [OWNER.address]),
    sign: (world, slot) => compact(ownerSigns(world, slot)),
  },
  {
    name: "a wallet whose owner signed something else",
    accepted: false,
    install: put("OwnerWallet", [OWNER.address]),
    sign: (world) => OWNER.sign(ethers.id(world.dealsAddress)),
  },
  {
    name: "a wallet whose owner's s is high",
    accepted: false,
    install: put("OwnerWallet", [OWNER.address]),
    sign: (world, slot) => highS(ownerSigns(world, slot)),
  },
  { name: "a wallet that takes anything", accepted: true, install: put("LyingWallet"), sign: anything },
  { name: "a wallet that reverts", accepted: false, install: put("RevertingWallet"), sign: anything },
  { name: "a wallet that burns all gas", accepted: false, install: put("GasBombWallet"), sign: anything },
  {
    name: "a wallet that returns a flood",
    accepted: false,
    install: put("ReturnBombWallet", [500_000n]),
    sign: anything,
  },
  { name: "a fickle wallet while it accepts", accepted: true, install: putFickle(true), sign: anything },
  { name: "a fickle wallet once it changed its mind", accepted: false, install: putFickle(false), sign: anything },
  {
    name: "a wallet that calls back to change something",
    accepted: false,
    install: putReentering("increaseCounter"),
    sign: anything,
  },
  {
    name: "a wallet that calls back to read something",
    accepted: true,
    install: putReentering("eip712Domain"),
    sign: anything,
  },
  { name: "a contract that knows no signatures", accepted: false, install: put("StandardToken"), sign: anything },
  {
    name: "an account delegated to a wallet, by its key",
    accepted: true,
    install: delegate("OwnerWallet", [OWNER.address]),
    sign: keySigns,
  },
  {
    name: "an account delegated to a wallet, by the wallet",
    accepted: true,
    install: delegate("OwnerWallet", [OWNER.address]),
    sign: ownerSigns,
  },
  {
    name: "an account delegated to no wallet, by its key",
    accepted: true,
    install: delegate("StandardToken"),
    sign: keySigns,
  },
  {
    name: "an account delegated to no wallet, by its key in 64 bytes",
    accepted: true,
    install: delegate("StandardToken"),
    sign: (world, slot) => compact(keySigns(world, slot)),
  },
  {
    name: "an account delegated to no wallet, by another key",
    accepted: false,
    install: delegate("StandardToken"),
    sign: ownerSigns,
  },
];

function honestOf(world: World, slot: Slot): string {
  return world[slot.role].sign(slot.digest(world));
}

function signedIn(world: World, slot: Slot, domain: object): string {
  return world[slot.role].sign(slot.digest({ ...world, domain: { ...world.domain, ...domain } }));
}

function withV(signature: string, difference: number, flip = false): string {
  const v = Number(dataSlice(signature, 64));
  const other = flip ? 55 - v : v + difference;
  return concat([dataSlice(signature, 0, 64), Uint8Array.of(other)]);
}

function otherParity(signature: string): string {
  const yParityAndS = BigInt(dataSlice(signature, 32)) ^ (1n << 255n);
  return concat([dataSlice(signature, 0, 32), toBeHex(yParityAndS, 32)]);
}

/** Puts a mock's code to the address of the party, as if it had been a wallet all along. */
function put(name: string, args: readonly unknown[] = []): Kind["install"] {
  return async (world, slot) => {
    const contract = await ethers.deployContract(name, [...args]);
    await networkHelpers.setCode(world[slot.role].address, (await contract.getDeployedCode())!);
  };
}

function putFickle(accepts: boolean): Kind["install"] {
  return async (world, slot) => {
    await put("FickleWallet")(world, slot);
    await (await ethers.getContractAt("FickleWallet", world[slot.role].address)).setAccepts(accepts);
  };
}

function putReentering(call: "increaseCounter" | "eip712Domain"): Kind["install"] {
  return async (world, slot) => {
    await put("ReenteringWallet")(world, slot);
    const wallet = await ethers.getContractAt("ReenteringWallet", world[slot.role].address);
    await wallet.setCall(world.dealsAddress, world.deals.interface.getFunction(call).selector);
  };
}

/** Delegates the party's account to a mock, as EIP-7702 does: its code is a designator. */
function delegate(name: string, args: readonly unknown[] = []): Kind["install"] {
  return async (world, slot) => {
    const contract = await ethers.deployContract(name, [...args]);
    await networkHelpers.setCode(world[slot.role].address, concat(["0xef0100", await contract.getAddress()]));
  };
}

describe("ReferralDeals", () => {
  describe("signatures", () => {
    it("are over digests that are all different", async () => {
      const world = await loadWorld();
      const digests = SLOTS.filter((slot) => !/lodge$|countersign$|settle$/u.test(slot.name)).map((slot) =>
        slot.digest(world),
      );
      expect(new Set(digests).size).to.equal(digests.length);
    });

    for (const slot of SLOTS) {
      describe(`given ${slot.name}`, () => {
        async function fixture() {
          const world = await loadWorld();
          await slot.prepare?.(world);
          const honest = async () => slot.call(world, honestOf(world, slot));
          return { world, honest, args: [world[slot.role].address, slot.digest(world)] };
        }

        it("accepts 65 bytes", async () => {
          const { honest } = await fixture();
          await honest();
        });

        it("accepts 64 bytes", async () => {
          const { world } = await fixture();
          await slot.call(world, compact(honestOf(world, slot)));
        });

        it("refuses nothing at all", async () => {
          const { world, args, honest } = await fixture();
          const attempt = slot.call(world, "0x");
          if (slot.mayBeEmpty) {
            await refused(world, attempt, "DealsNotMerchant", [world.merchant.address, world.relayer.address], honest);
          } else {
            await refused(world, attempt, "DealsWrongSignature", args, honest);
          }
        });

        for (const forgery of FORGERIES) {
          it(`refuses ${forgery.name}`, async () => {
            const { world, args, honest } = await fixture();
            const attempt = slot.call(world, forgery.forge(world, slot));
            await refused(world, attempt, "DealsWrongSignature", args, honest);
          });
        }

        for (const kind of KINDS) {
          it(`hears ${kind.name}`, async () => {
            const { world, args } = await fixture();
            await kind.install(world, slot);
            const attempt = slot.call(world, kind.sign(world, slot));
            if (kind.accepted) await attempt;
            else await refused(world, attempt, "DealsWrongSignature", args, () => Promise.resolve());
          });
        }
      });
    }
  });
});
