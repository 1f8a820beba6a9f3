import { expect } from "chai";
import { concat, hashAuthorization, hexlify, keccak256, Signature, toBeHex } from "ethers";

import { anybody, highS } from "../helpers/deals.js";
import { digestOf } from "./digestOf.js";
import { inForm } from "./honest.js";
import type { Situation, Slot } from "./Slot.js";

/** What an account turns out to be, and what it does about a signature. */
export type Kind = {
  readonly name: string;
  /** Whether the account's key made the signature; whether the account's code accepts it. */
  readonly says: { readonly key?: true; readonly code?: true };
  readonly install: (situation: Situation) => Promise<void>;
  readonly sign: (slot: Slot, situation: Situation) => string;
};

const MAGIC = "0x1626ba7e".padEnd(66, "0");
const OWNER = anybody("owner of wallets");

const ownerSigns: Kind["sign"] = (slot, { typed }) => inForm(OWNER.sign(digestOf(typed)), slot.lengths[0]!);
const keySigns: Kind["sign"] = (slot, { typed, key }) => inForm(key(digestOf(typed)), slot.lengths[0]!);
/** Bytes of the right length that no key made. */
const anything: Kind["sign"] = (slot) => hexlify(new Uint8Array(slot.lengths[0]!).fill(0x7f));

export const KINDS: readonly Kind[] = [
  {
    name: "an account without code, by its key",
    says: { key: true },
    install: async ({ chain, account }) => chain.networkHelpers.setCode(account, "0x"),
    sign: keySigns,
  },
  {
    name: "an account without code, by another key",
    says: {},
    install: async ({ chain, account }) => chain.networkHelpers.setCode(account, "0x"),
    sign: ownerSigns,
  },
  {
    name: "a wallet whose owner signed",
    says: { code: true },
    install: put("OwnerWallet", [OWNER.address]),
    sign: ownerSigns,
  },
  ...[64, 65].map((length): Kind => ({
    name: `a wallet whose owner signed with ${length} bytes`,
    says: { code: true },
    install: put("OwnerWallet", [OWNER.address]),
    sign: (_, { typed }) => inForm(OWNER.sign(digestOf(typed)), length),
  })),
  {
    name: "a wallet whose owner signed something else",
    says: {},
    install: put("OwnerWallet", [OWNER.address]),
    sign: (slot, { typed }) => inForm(OWNER.sign(keccak256(digestOf(typed))), slot.lengths[0]!),
  },
  {
    name: "a wallet whose owner's s is high",
    says: {},
    install: put("OwnerWallet", [OWNER.address]),
    sign: (_, { typed }) => highS(OWNER.sign(digestOf(typed))),
  },
  { name: "a wallet that takes anything", says: { code: true }, install: put("LyingWallet"), sign: anything },
  {
    name: "a wallet that takes anything, given nothing",
    says: { code: true },
    install: put("LyingWallet"),
    sign: () => "0x",
  },
  {
    name: "a wallet that answers with what others call wrong",
    says: {},
    install: put("RawAnswerWallet", ["0xffffffff".padEnd(66, "0")]),
    sign: anything,
  },
  {
    name: "a wallet that answers yes in another standard's words",
    says: {},
    install: put("RawAnswerWallet", [toBeHex(1, 32)]),
    sign: anything,
  },
  {
    name: "a wallet that answers right with garbage in the word",
    says: {},
    install: put("RawAnswerWallet", [`${MAGIC.slice(0, -1)}1`]),
    sign: anything,
  },
  {
    name: "a wallet that answers right at the wrong end of the word",
    says: {},
    install: put("RawAnswerWallet", [toBeHex(0x1626ba7e, 32)]),
    sign: anything,
  },
  {
    name: "a wallet that answers right and goes on",
    says: { code: true },
    install: put("RawAnswerWallet", [concat([MAGIC, `0x${"c0".repeat(32)}`])]),
    sign: anything,
  },
  {
    name: "a wallet that answers right with a byte too few",
    says: {},
    install: put("RawAnswerWallet", [MAGIC.slice(0, 64)]),
    sign: anything,
  },
  {
    name: "a wallet that answers right with four bytes",
    says: {},
    install: put("RawAnswerWallet", [MAGIC.slice(0, 10)]),
    sign: anything,
  },
  { name: "a wallet that answers nothing", says: {}, install: put("RawAnswerWallet", ["0x"]), sign: anything },
  { name: "a wallet that reverts", says: {}, install: put("RevertingWallet"), sign: anything },
  { name: "a wallet that burns all gas", says: {}, install: put("GasBombWallet"), sign: anything },
  { name: "a wallet that returns a flood", says: {}, install: put("ReturnBombWallet", [300_000n]), sign: anything },
  { name: "a fickle wallet while it accepts", says: { code: true }, install: putFickle(true), sign: anything },
  { name: "a fickle wallet once it changed its mind", says: {}, install: putFickle(false), sign: anything },
  {
    name: "a wallet that calls back to read something",
    says: { code: true },
    install: putReentering("read"),
    sign: anything,
  },
  { name: "a wallet that calls back to change something", says: {}, install: putReentering("change"), sign: anything },
  { name: "a contract that knows no signatures", says: {}, install: put("StandardToken"), sign: anything },
  {
    name: "an account delegated to a wallet, by its key",
    says: { key: true },
    install: delegate("OwnerWallet", [OWNER.address]),
    sign: keySigns,
  },
  {
    name: "an account delegated to a wallet, by the wallet",
    says: { code: true },
    install: delegate("OwnerWallet", [OWNER.address]),
    sign: ownerSigns,
  },
  {
    name: "an account delegated to a wallet that takes anything, by its key",
    says: { key: true, code: true },
    install: delegate("LyingWallet"),
    sign: keySigns,
  },
  {
    name: "an account delegated to a wallet that burns all gas, by its key",
    says: { key: true },
    install: delegate("GasBombWallet"),
    sign: keySigns,
  },
  {
    name: "an account delegated to no wallet, by its key",
    says: { key: true },
    install: delegate("StandardToken"),
    sign: keySigns,
  },
  {
    name: "an account delegated to no wallet, by another key",
    says: {},
    install: delegate("StandardToken"),
    sign: ownerSigns,
  },
  {
    name: "an account delegated to an account, by its key",
    says: { key: true },
    install: async (situation) => delegateTo(situation, OWNER.address),
    sign: keySigns,
  },
  {
    name: "an account whose delegation was taken back, by its key",
    says: { key: true },
    install: async (situation) => {
      await delegate("LyingWallet")(situation);
      await delegateTo(situation, `0x${"00".repeat(20)}`);
    },
    sign: keySigns,
  },
  {
    name: "an account whose delegation was taken back, by the wallet",
    says: {},
    install: async (situation) => {
      await delegate("LyingWallet")(situation);
      await delegateTo(situation, `0x${"00".repeat(20)}`);
    },
    sign: anything,
  },
];

/** Puts a mock's code and what it stores to the account, as if it had been a wallet all along. */
function put(name: string, args: readonly unknown[] = []): Kind["install"] {
  return async ({ chain: { ethers, networkHelpers }, account }) => {
    const contract = await ethers.deployContract(name, [...args]);
    const from = await contract.getAddress();
    await networkHelpers.setCode(account, (await contract.getDeployedCode())!);
    const first = BigInt(keccak256(toBeHex(0, 32)));
    for (const place of [0n, first, first + 1n]) {
      await networkHelpers.setStorageAt(account, place, await networkHelpers.getStorageAt(from, place));
    }
  };
}

function putFickle(accepts: boolean): Kind["install"] {
  return async (situation) => {
    await put("FickleWallet")(situation);
    const wallet = await situation.chain.ethers.getContractAt("FickleWallet", situation.account);
    await wallet.setAccepts(accepts);
  };
}

function putReentering(call: "change" | "read"): Kind["install"] {
  return async (situation) => {
    await put("ReenteringWallet")(situation);
    const wallet = await situation.chain.ethers.getContractAt("ReenteringWallet", situation.account);
    await wallet.setCall(situation.callback!.target, situation.callback![call]);
  };
}

function delegate(name: string, args: readonly unknown[] = []): Kind["install"] {
  return async (situation) => {
    const contract = await situation.chain.ethers.deployContract(name, [...args]);
    await delegateTo(situation, await contract.getAddress());
  };
}

/** Delegates by an authorization that the account's key signs (EIP-7702), in a transaction of somebody else's. */
async function delegateTo({ chain, account, key }: Situation, address: string): Promise<void> {
  const { ethers, networkHelpers } = chain;
  const code = BigInt(address) === 0n ? "0x" : concat(["0xef0100", address]);
  if (chain.networkName === "cancun") {
    // A chain that knows no such transactions: the designator alone.
    await networkHelpers.setCode(account, code);
    return;
  }
  if (!(await ethers.provider.getCode(account)).startsWith("0xef0100")) await networkHelpers.setCode(account, "0x");
  const { chainId } = await ethers.provider.getNetwork();
  const nonce = await ethers.provider.getTransactionCount(account);
  const unsigned = { chainId, address, nonce: BigInt(nonce) };
  const signature = Signature.from(key(hashAuthorization(unsigned)));
  const sender = (await ethers.getSigners()).at(-1)!;
  await sender.sendTransaction({ type: 4, to: sender.address, authorizationList: [{ ...unsigned, signature }] });
  expect(await ethers.provider.getCode(account), "the chain took the authorization").to.equal(code.toLowerCase());
}
