import { expect } from "chai";
import type { Signature } from "ethers";
import { concat, getBytes, hexlify, id, type JsonRpcProvider, Wallet } from "ethers";
import fc from "fast-check";

import {
  accountOf,
  recoverAccount,
  signTyped,
  type TypedData,
  unwrapErc6492,
  verifySignature,
  wrapErc6492,
} from "../../sdk/src/index.js";
import * as factories from "../../typechain-types/index.js";
import { anvilProgram, startAnvil, startHardhat, type TestNode } from "../helpers/node.js";

const key = new Wallet(id("an account of the signature tests"));
const stranger = new Wallet(id("another account"));
const digest = id("what is signed");
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

const typed: TypedData = {
  domain: { name: "Example", version: "1", chainId: 31337n, verifyingContract: `0x${"12".repeat(20)}` },
  types: { Greeting: [{ name: "words", type: "string" }] },
  primaryType: "Greeting",
  message: { words: "Good day" },
};

/** The other signature of the same key for the same digest: s mirrored, v flipped. */
function malleated(signature: Signature): string {
  const s = ORDER - BigInt(signature.s);
  return concat([signature.r, `0x${s.toString(16).padStart(64, "0")}`, signature.v === 27 ? "0x1c" : "0x1b"]);
}

describe("recoverAccount", () => {
  const signature = key.signingKey.sign(digest);

  it("recovers from 65 bytes and from 64", () => {
    expect(recoverAccount(digest, signature.serialized)).to.equal(key.address);
    expect(recoverAccount(digest, signature.compactSerialized)).to.equal(key.address);
  });

  it("recovers whichever the parity", () => {
    const seen = new Set<number>();
    for (let i = 0; seen.size < 2; i += 1) {
      const each = key.signingKey.sign(id(`digest ${i}`));
      seen.add(each.yParity);
      expect(recoverAccount(id(`digest ${i}`), each.serialized)).to.equal(key.address);
      expect(recoverAccount(id(`digest ${i}`), each.compactSerialized)).to.equal(key.address);
    }
  });

  const refused = {
    "a high s": malleated(signature),
    "v = 0": concat([signature.r, signature.s, "0x00"]),
    "v = 1": concat([signature.r, signature.s, "0x01"]),
    "v = 29": concat([signature.r, signature.s, "0x1d"]),
    "v of EIP-155": concat([signature.r, signature.s, "0x25"]),
    "63 bytes": signature.compactSerialized.slice(0, -2),
    "66 bytes": `${signature.serialized}00`,
    "no byte": "0x",
    "s = 0": concat([signature.r, `0x${"00".repeat(32)}`, "0x1b"]),
    "r = 0": concat([`0x${"00".repeat(32)}`, signature.s, "0x1b"]),
    "r above the order": concat([`0x${"ff".repeat(32)}`, signature.s, "0x1b"]),
    "no hex": "hello",
    "65 bytes and no hex": `${signature.serialized}zz`,
    "65 bytes before 64": `${signature.serialized} ${signature.compactSerialized}`,
  };
  for (const [name, bytes] of Object.entries(refused)) {
    it(`recovers nobody from ${name}`, () => {
      expect(recoverAccount(digest, bytes)).to.equal(undefined);
    });
  }

  it("draws the line at half the order exactly", () => {
    const half = ORDER / 2n;
    const withS = (s: bigint) => concat([signature.r, `0x${s.toString(16).padStart(64, "0")}`, "0x1b"]);
    expect(recoverAccount(digest, withS(half))).to.match(/^0x/);
    expect(recoverAccount(digest, withS(half + 1n))).to.equal(undefined);
  });

  it("recovers another account for another digest", () => {
    expect(recoverAccount(id("something else"), signature.serialized)).to.not.equal(key.address);
  });
});

describe("signTyped", () => {
  it("signs with a key", async () => {
    const signed = await signTyped(key, typed);
    expect(signed.account).to.equal(key.address);
    expect(recoverAccount(signed.digest, signed.signature)).to.equal(key.address);
  });

  it("hands a contract wallet the data and its digest, and leaves its answer alone", async () => {
    const address = `0x${"ab".repeat(20)}`;
    const asked: unknown[] = [];
    const wallet = {
      address,
      signTyped: async (data: TypedData, hash: string) => {
        asked.push(data, hash);
        return Promise.resolve("0x0102");
      },
    };
    const signed = await signTyped(wallet, typed);
    expect(asked).to.deep.equal([typed, signed.digest]);
    expect(signed.signature).to.equal("0x0102");
    expect(signed.account)
      .to.equal(await accountOf(wallet))
      .and.to.match(/[A-F]/);
  });

  it("says so when the user declines", async () => {
    const declining = Object.create(key, {
      signTypedData: {
        value: async () => Promise.reject(Object.assign(new TypeError("user rejected"), { code: "ACTION_REJECTED" })),
      },
    }) as Wallet;
    const error = await signTyped(declining, typed).catch((caught: unknown) => caught);
    expect(error).to.deep.include({ name: "RpcError", code: "USER_REJECTED" });
  });

  it("refuses data that does not fit its types, and a primary type that is not the root", async () => {
    const faults: [TypedData, Record<string, string>][] = [
      [{ ...typed, message: { words: 5n } }, { primaryType: "Greeting" }],
      [
        { ...typed, primaryType: "Other" },
        { expected: "Other", actual: "Greeting" },
      ],
      [{ ...typed, types: { ...typed.types, Unused: [{ name: "x", type: "uint8" }] } }, { primaryType: "Greeting" }],
    ];
    for (const [fault, args] of faults) {
      const error = await signTyped(key, fault).catch((caught: unknown) => caught);
      expect(error).to.deep.include({ name: "SignatureError", code: "INVALID_TYPED_DATA", args });
    }
  });
});

describe("unwrapErc6492", () => {
  const parts = { factory: stranger.address, factoryCalldata: "0x1234", signature: `0x${"56".repeat(65)}` };

  it("gives back what was wrapped", () => {
    expect(unwrapErc6492(wrapErc6492(parts))).to.deep.equal(parts);
  });

  it("finds nothing without the suffix, and nothing in damaged bytes before it", () => {
    const wrapped = wrapErc6492(parts);
    expect(unwrapErc6492(wrapped.slice(0, -2))).to.equal(undefined);
    expect(unwrapErc6492(`${wrapped.slice(0, -1)}3`)).to.equal(undefined);
    expect(unwrapErc6492(`0x${wrapped.slice(-64)}`)).to.equal(undefined);
    expect(unwrapErc6492(`0xff${wrapped.slice(4)}`)).to.equal(undefined);
  });
});

describe("verifySignature", () => {
  const serialized = key.signingKey.sign(digest).serialized;

  describe("without a provider", () => {
    it("verifies a key's signature", async () => {
      const verdict = await verifySignature({ account: key.address.toLowerCase(), digest, signature: serialized });
      expect(verdict).to.deep.equal({ valid: true, by: "key", signature: serialized });
    });

    it("cannot tell of any other", async () => {
      for (const signature of [stranger.signingKey.sign(digest).serialized, "0x", "0x1234"]) {
        const verdict = await verifySignature({ account: key.address, digest, signature });
        expect(verdict).to.deep.equal({ valid: false, reason: "NEEDS_PROVIDER" });
      }
    });

    it("refuses a damaged wrapping", async () => {
      const signature = `0x1234${"6492".repeat(16)}`;
      const verdict = await verifySignature({ account: key.address, digest, signature });
      expect(verdict).to.deep.equal({ valid: false, reason: "MALFORMED" });
    });

    it("throws for what is no address, no digest, no bytes", async () => {
      const good = { account: key.address, digest, signature: serialized };
      const faults = [
        [{ ...good, account: "0x12" }, "INVALID_ACCOUNT"],
        [
          { ...good, account: `${key.address.slice(0, -1)}${key.address.endsWith("0") ? "1" : "0"}` },
          "INVALID_ACCOUNT",
        ],
        [{ ...good, digest: "0x12" }, "INVALID_SIGNATURE"],
        [{ ...good, signature: "0x123" }, "INVALID_SIGNATURE"],
        [{ ...good, signature: "signature" }, "INVALID_SIGNATURE"],
      ] as const;
      for (const [parameters, code] of faults) {
        const error = await verifySignature(parameters).catch((caught: unknown) => caught);
        expect(error).to.deep.include({ name: "SignatureError", code });
        const { account, ...bytes } = parameters;
        const args = code === "INVALID_ACCOUNT" ? { account } : { digest: bytes.digest, signature: bytes.signature };
        expect(error).to.have.property("args").that.deep.equals(args);
      }
    });
  });

  const anvil = anvilProgram();
  const nodes: Readonly<Record<string, () => Promise<TestNode>>> = {
    "Hardhat's node": () => startHardhat(),
    "Hardhat's node on cancun": () => startHardhat("cancun"),
    ...(anvil === undefined ? {} : { anvil: () => startAnvil(anvil) }),
  };

  for (const [name, start] of Object.entries(nodes)) {
    describe(`on ${name}`, () => {
      let node: TestNode;
      let provider: JsonRpcProvider;
      let factory: factories.OwnerWalletFactory;

      before(async () => {
        node = await start();
        provider = node.provider;
        factory = await new factories.OwnerWalletFactory__factory(await provider.getSigner(0)).deploy();
        await factory.waitForDeployment();
      });
      after(() => node.stop());

      const verdictOf = (account: string, signature: string) =>
        verifySignature({ account, digest, signature, provider });

      async function deployed(
        contract: Promise<{ waitForDeployment: () => Promise<{ getAddress: () => Promise<string> }> }>,
      ) {
        return (await (await contract).waitForDeployment()).getAddress();
      }

      async function counterfactual(salt: string) {
        const account = await factory.getFunction("addressOf").staticCall(key.address, id(salt));
        const factoryCalldata = factory.interface.encodeFunctionData("deploy", [key.address, id(salt)]);
        const deployment = { factory: await factory.getAddress(), factoryCalldata, signature: serialized };
        return { account, deployment, wrapped: wrapErc6492(deployment) };
      }

      it("verifies a key's signature, of 65 and of 64 bytes", async () => {
        for (const signature of [serialized, key.signingKey.sign(digest).compactSerialized]) {
          expect(await verdictOf(key.address, signature)).to.deep.equal({ valid: true, by: "key", signature });
        }
      });

      it("refuses another's signature where the account has no code", async () => {
        const signature = stranger.signingKey.sign(digest).serialized;
        expect(await verdictOf(key.address, signature)).to.deep.equal({ valid: false, reason: "OTHER_SIGNER" });
      });

      it("refuses the key's own signature with a high s", async () => {
        const signature = malleated(key.signingKey.sign(digest));
        expect(await verdictOf(key.address, signature)).to.deep.equal({ valid: false, reason: "OTHER_SIGNER" });
      });

      it("asks a wallet", async () => {
        const wallet = await deployed(
          new factories.OwnerWallet__factory(await provider.getSigner(0)).deploy(key.address),
        );
        expect(await verdictOf(wallet, serialized)).to.deep.equal({ valid: true, by: "wallet", signature: serialized });
        const other = stranger.signingKey.sign(digest).serialized;
        expect(await verdictOf(wallet, other)).to.deep.equal({ valid: false, reason: "WALLET_REFUSED" });
        expect(await verdictOf(wallet, "0x")).to.deep.equal({ valid: false, reason: "WALLET_REFUSED" });
      });

      it("takes a wallet that reverts, burns its gas, floods, or writes for one that refuses", async () => {
        const signer = await provider.getSigner(0);
        // One after the other: a node may leave one of several sent at once waiting for the next block.
        const hostile = [
          async () => new factories.RevertingWallet__factory(signer).deploy(),
          async () => new factories.GasBombWallet__factory(signer).deploy(),
          async () => new factories.ReturnBombWallet__factory(signer).deploy(1_000_000),
          async () => new factories.OwnerWalletFactory__factory(signer).deploy(),
        ];
        for (const deploy of hostile) {
          const wallet = await deployed(deploy());
          expect(await verdictOf(wallet, serialized)).to.deep.equal({ valid: false, reason: "WALLET_REFUSED" });
        }
      });

      it("verifies for a wallet that is not deployed yet, and leaves it so", async () => {
        const { account, deployment, wrapped } = await counterfactual("first");
        expect(await verdictOf(account, wrapped)).to.deep.equal({
          valid: true,
          by: "undeployed",
          signature: serialized,
          deployment,
        });
        expect(await provider.getCode(account)).to.equal("0x");
        expect(await verdictOf(account, serialized)).to.deep.equal({ valid: false, reason: "OTHER_SIGNER" });
      });

      it("verifies the wrapped signature also once the wallet is deployed", async () => {
        const { account, wrapped } = await counterfactual("second");
        const deploying = await factory.deploy(key.address, id("second"));
        await deploying.wait();
        expect(await provider.getCode(account)).to.not.equal("0x");
        expect(await verdictOf(account, wrapped)).to.deep.equal({ valid: true, by: "wallet", signature: serialized });
        const unwrapped = await verdictOf(account, serialized);
        expect(unwrapped).to.deep.equal({ valid: true, by: "wallet", signature: serialized });
      });

      it("refuses a wrapping whose factory makes another wallet, fails, or does not exist", async () => {
        const { deployment } = await counterfactual("third");
        const { account } = await counterfactual("fourth");
        const wrong = [
          [deployment, "OTHER_SIGNER"],
          [{ ...deployment, factoryCalldata: "0x12345678" }, "OTHER_SIGNER"],
          [{ ...deployment, factory: stranger.address }, "OTHER_SIGNER"],
        ] as const;
        for (const [parts, reason] of wrong) {
          expect(await verdictOf(account, wrapErc6492(parts))).to.deep.equal({ valid: false, reason });
        }
      });

      it("refuses a stranger's signature for a wallet that is not deployed yet", async () => {
        const { account, deployment } = await counterfactual("fifth");
        const signature = stranger.signingKey.sign(digest).serialized;
        const verdict = await verdictOf(account, wrapErc6492({ ...deployment, signature }));
        expect(verdict).to.deep.equal({ valid: false, reason: "WALLET_REFUSED" });
      });

      it("lets an account that delegated to code keep its key (EIP-7702)", async () => {
        const signer = await provider.getSigner(0);
        for (const wallet of [
          await deployed(new factories.RevertingWallet__factory(signer).deploy()),
          await deployed(new factories.OwnerWallet__factory(signer).deploy(stranger.address)),
        ]) {
          await provider.send("hardhat_setCode", [key.address, concat(["0xef0100", wallet])]);
          expect(await verdictOf(key.address, serialized)).to.deep.include({ valid: true, by: "key" });
        }
        const signature = stranger.signingKey.sign(digest).serialized;
        expect(await verdictOf(key.address, signature)).to.deep.include({ valid: true, by: "wallet" });
        await provider.send("hardhat_setCode", [key.address, "0x"]);
      });

      it("agrees with the contracts' own check on whatever bytes", async () => {
        const signer = await provider.getSigner(0);
        const check = await new factories.SignatureCheckHarness__factory(signer).deploy();
        const wallet = await deployed(new factories.OwnerWallet__factory(signer).deploy(key.address));
        const made = key.signingKey.sign(digest);
        const base = [made.serialized, made.compactSerialized, malleated(made), concat([made.r, made.s, "0x00"])];
        const bytes = fc
          .tuple(fc.constantFrom(...base), fc.option(fc.nat(64)), fc.integer({ min: 1, max: 255 }), fc.nat(66))
          .map(([signature, place, flip, length]) => {
            const data = getBytes(signature);
            const changed = data.map((byte, i) => (i === place ? byte ^ flip : byte));
            return length < 64 && place !== null ? hexlify(changed.slice(0, length)) : hexlify(changed);
          });
        let valid = 0;
        await fc.assert(
          fc.asyncProperty(fc.constantFrom(key.address, wallet), bytes, async (account, signature) => {
            const verdict = await verdictOf(account, signature);
            expect(verdict.valid).to.equal(await check.isValid(account, digest, signature));
            valid += verdict.valid ? 1 : 0;
          }),
          { numRuns: 150 },
        );
        expect(valid).to.be.greaterThan(0);
      });

      it("asks on the block that is named", async () => {
        const wallet = await new factories.FickleWallet__factory(await provider.getSigner(0)).deploy();
        await wallet.waitForDeployment();
        const account = await wallet.getAddress();
        const blockTag = await provider.getBlockNumber();
        await (await wallet.setAccepts(false)).wait();
        const parameters = { account, digest, signature: "0x", provider };
        expect(await verifySignature(parameters)).to.deep.equal({ valid: false, reason: "WALLET_REFUSED" });
        expect((await verifySignature({ ...parameters, blockTag })).valid).to.equal(true);
      });
    });
  }
});
