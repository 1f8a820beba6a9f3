import { expect } from "chai";
import { concat, id, Signature, toBeHex, Wallet } from "ethers";

import { signTyped, type TypedData } from "../../sdk/src/index.js";

const key = new Wallet(id("an account of the forms of signatures"));
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

const greeting = (words: string): TypedData => ({
  domain: { name: "Example", version: "1", chainId: 31337n, verifyingContract: `0x${"12".repeat(20)}` },
  types: { Greeting: [{ name: "words", type: "string" }] },
  primaryType: "Greeting",
  message: { words },
});

/** Two messages whose signatures differ in their parity. */
async function ofEitherParity(): Promise<readonly { readonly typed: TypedData; readonly plain: Signature }[]> {
  const found = new Map<number, { typed: TypedData; plain: Signature }>();
  for (let i = 0; found.size < 2; i += 1) {
    const typed = greeting(`Good day ${i}`);
    const plain = Signature.from((await signTyped(key, typed)).signature);
    found.set(plain.yParity, { typed, plain });
  }
  return [...found.values()];
}

/** The key, in a device that gives its signatures another form. */
function deviceOf(deform: (signature: Signature) => string): Wallet {
  return Object.create(key, {
    signTypedData: {
      value: async (...args: Parameters<Wallet["signTypedData"]>) =>
        deform(Signature.from(await key.signTypedData(...args))),
    },
  }) as Wallet;
}

const highOf = ({ s }: Signature): string => toBeHex(ORDER - BigInt(s), 32);

describe("signTyped", () => {
  const forms: Readonly<Record<string, (signature: Signature) => string>> = {
    "v of 0 or 1": ({ r, s, yParity }) => concat([r, s, toBeHex(yParity, 1)]),
    "high s": (signature) => concat([signature.r, highOf(signature), toBeHex(28 - signature.yParity, 1)]),
    "high s with v of 0 or 1": (signature) =>
      concat([signature.r, highOf(signature), toBeHex(1 - signature.yParity, 1)]),
  };
  for (const [name, deform] of Object.entries(forms)) {
    it(`brings a device's ${name} into the form that contracts take`, async () => {
      for (const { typed, plain } of await ofEitherParity()) {
        const signed = await signTyped(deviceOf(deform), typed);
        expect(signed).to.include({ account: key.address, signature: plain.serialized });
      }
    });
  }

  const others: Readonly<Record<string, (signature: Signature) => string>> = {
    "a v of 29": ({ r, s }) => concat([r, s, "0x1d"]),
    "the v of EIP-155": ({ r, s, yParity }) => concat([r, s, toBeHex(31337 * 2 + 35 + yParity, 3)]),
    "a byte too many": ({ r, s, v }) => concat([r, s, "0x00", toBeHex(v, 1)]),
    "an s of half the order": ({ r, v }) => concat([r, toBeHex(ORDER >> 1n, 32), toBeHex(v, 1)]),
    "an s above the order": ({ r, v }) => concat([r, `0x${"ff".repeat(32)}`, toBeHex(v, 1)]),
  };
  for (const [name, deform] of Object.entries(others)) {
    it(`makes no other signature of ${name}`, async () => {
      for (const { typed, plain } of await ofEitherParity()) {
        expect((await signTyped(deviceOf(deform), typed)).signature).to.equal(deform(plain));
      }
    });
  }

  it("leaves a contract wallet's answer alone that is another key's signature, of whatever form", async () => {
    const [{ typed, plain } = expect.fail()] = await ofEitherParity();
    const answer = concat([plain.r, plain.s, toBeHex(plain.yParity, 1)]);
    const wallet = { address: `0x${"ab".repeat(20)}`, signTyped: async () => Promise.resolve(answer) };
    expect((await signTyped(wallet, typed)).signature).to.equal(answer);
  });

  it("refuses an answer that is no signature", async () => {
    const typed = greeting("Good day");
    const { digest } = await signTyped(key, typed);
    for (const answer of ["", "0x", "0x123", "yes", "a0x12", "0x12z", undefined, ["0x12"]]) {
      const wallet = { address: key.address, signTyped: async () => Promise.resolve(answer as string) };
      const error = await signTyped(wallet, typed).catch((caught: unknown) => caught);
      const args = { account: key.address, digest, answer };
      expect(error).to.deep.include({ name: "SignatureError", code: "SIGNER_MISBEHAVED", args });
    }
  });
});
