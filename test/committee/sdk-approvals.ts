import { expect } from "chai";
import type { Signature } from "ethers";
import { concat, getBytes, hexlify, id, randomBytes, toBeHex, Wallet } from "ethers";
import fc from "fast-check";

import {
  ApprovalCollector,
  checkApproval,
  CommitteeError,
  committeeIdOf,
  decodeApproval,
  encodeApproval,
  type Epoch,
  hashTyped,
  isRevert,
  toGroupKeyPoint,
  wrapErc6492,
} from "../../sdk/src/index.js";
import {
  GasBombWallet__factory,
  OwnerWallet__factory,
  OwnerWalletFactory__factory,
  ReturnBombWallet__factory,
  RevertingWallet__factory,
} from "../../typechain-types/index.js";
import { memberKeys } from "../helpers/committee.js";
import { generateShares, makeParties, type Party, sign } from "../helpers/frostParties.js";
import type { FrostShare } from "../../sdk/src/frost/index.js";
import { seededBytes } from "../helpers/random.js";
import { type CommitteeChain, startCommitteeChain } from "./sdk-fixture.js";

const DIGEST = id("what is approved");
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => "fine",
    (error: unknown) => (error instanceof CommitteeError ? error.code : String(error)),
  );
}

describe("ApprovalCollector", () => {
  const keys = memberKeys(5);
  const epoch: Epoch = {
    committeeId: id("committee"),
    number: 1,
    members: keys.map(({ address }) => address),
    threshold: 3,
    attributable: false,
    validFrom: 0,
    validUntil: undefined,
    groupKey: undefined,
    groupKeyConfirmed: false,
  };
  const place = { chainId: 31337n, registry: `0x${"c0".repeat(20)}` };
  const collectorOf = (changes: Partial<Epoch> = {}): ApprovalCollector =>
    new ApprovalCollector({ ...place, epoch: { ...epoch, ...changes }, digest: DIGEST });
  const signatureOf = (index: number): Signature => keys[index]!.signingKey.sign(DIGEST);

  describe("when keys sign", () => {
    it("takes 64 and 65 bytes in any order and builds the approval in index order", async () => {
      const collector = collectorOf();
      await collector.add({ signature: signatureOf(4).serialized });
      await collector.add({ signature: signatureOf(0).compactSerialized, member: keys[0]!.address.toLowerCase() });
      expect(collector.missing).to.deep.equal({ count: 1, members: [1, 2, 3].map((index) => keys[index]!.address) });
      await collector.add({ signature: signatureOf(2).serialized, member: keys[2]!.address });
      expect(collector.missing).to.deep.equal({ count: 0, members: [] });
      expect(collector.signers).to.deep.equal([0, 2, 4].map((index) => keys[index]!.address));
      expect(decodeApproval(collector.build())).to.deep.equal({
        scheme: "members",
        entries: [0, 2, 4].map((index) => ({ index, kind: "key", signature: signatureOf(index).compactSerialized })),
      });
    });

    it("uses exactly as many as the threshold asks", async () => {
      const collector = collectorOf();
      for (const index of keys.keys()) await collector.add({ signature: signatureOf(index).serialized });
      const approval = collector.build();
      expect(getBytes(approval)).to.have.length(65 + 3 * 64);
      const verdict = await checkApproval({ ...place, epoch, digest: DIGEST, approval, now: 1 });
      expect(verdict.approved).to.equal(true);
    });

    it("says what is missing where it is built too early", () => {
      expect(() => collectorOf().build())
        .to.throw(CommitteeError)
        .with.nested.property("args")
        .that.deep.include({ threshold: 3, approvals: 0, missing: epoch.members });
    });

    for (const [what, code, options] of [
      ["a stranger", "COMMITTEE_NOT_A_MEMBER", { signature: new Wallet(id("x")).signingKey.sign(DIGEST).serialized }],
      ["a stranger by name", "COMMITTEE_NOT_A_MEMBER", { signature: "0x", member: new Wallet(id("x")).address }],
      ["another digest", "COMMITTEE_NOT_A_MEMBER", { signature: keys[1]!.signingKey.sign(id("other")).serialized }],
      [
        "another member's signature",
        "COMMITTEE_WALLET_NEEDS_PROVIDER",
        { signature: signatureOf(1).serialized, member: keys[2]!.address },
      ],
      ["no bytes at all", "COMMITTEE_WRONG_SIGNATURE", { signature: "0xabc" }],
      ["an empty signature", "COMMITTEE_WRONG_SIGNATURE", { signature: "0x" }],
      ["a high s", "COMMITTEE_HIGH_S", { signature: highS(signatureOf(1)) }],
      ["a member's high s", "COMMITTEE_HIGH_S", { signature: highS(signatureOf(1)), member: keys[1]!.address }],
    ] as const) {
      it(`refuses ${what}, and says which fault it is`, async () => {
        const collector = collectorOf();
        expect(await codeOf(collector.add(options))).to.equal(code);
        expect(collector.signers).to.deep.equal([]);
        // Nothing is consumed: the honest signature still counts.
        await collector.add({ signature: signatureOf(1).serialized });
        expect(collector.signers).to.deep.equal([keys[1]!.address]);
      });
    }

    it("refuses a member's second signature by name", async () => {
      const collector = collectorOf();
      await collector.add({ signature: signatureOf(1).serialized });
      expect(await codeOf(collector.add({ signature: signatureOf(1).compactSerialized }))).to.equal(
        "COMMITTEE_SIGNED_TWICE",
      );
    });
  });

  describe("when a FROST signature is there", () => {
    let parties: readonly Party[];
    let shares: readonly FrostShare[];
    let signature: string;
    before(async () => {
      parties = makeParties(3);
      shares = await generateShares(parties, 2);
      ({ signature } = await sign({ parties, shares, digest: DIGEST }));
    });
    const withKey = (changes: Partial<Epoch> = {}): ApprovalCollector =>
      collectorOf({ groupKey: toGroupKeyPoint(shares[0]!.group.groupKey), groupKeyConfirmed: true, ...changes });

    it("builds the FROST approval, whoever else signed", async () => {
      const collector = withKey();
      for (const index of keys.keys()) await collector.add({ signature: signatureOf(index).serialized });
      collector.addFrost(signature);
      expect(collector.missing).to.deep.equal({ count: 0, members: [] });
      expect(collector.build().slice(0, 4)).to.equal("0x02");
    });

    for (const [what, code, changes] of [
      ["a key that is not confirmed", "COMMITTEE_GROUP_KEY_UNCONFIRMED", { groupKeyConfirmed: false }],
      ["no key", "COMMITTEE_GROUP_KEY_UNCONFIRMED", { groupKey: undefined, groupKeyConfirmed: false }],
      ["an attributable committee", "COMMITTEE_ATTRIBUTABLE", { attributable: true }],
      ["another key", "COMMITTEE_WRONG_GROUP_SIGNATURE", { groupKey: anotherKey() }],
    ] as const) {
      it(`refuses it for ${what} by name`, () => {
        expect(() => {
          withKey(changes).addFrost(signature);
        })
          .to.throw(CommitteeError)
          .with.property("code", code);
      });
    }
  });

  describe("when wallets are members", () => {
    let chain: CommitteeChain;
    before(async () => {
      chain = await startCommitteeChain();
    });
    after(() => chain.node.stop());

    /** Wallets of the first key among keys, in one committee on the chain. */
    async function walletEpoch(wallets: readonly string[], threshold: number): Promise<ApprovalCollector> {
      const salt = hexlify(randomBytes(32));
      const members = [...wallets, keys[1]!.address, keys[2]!.address];
      await (await chain.hall.committees.create({ salt, config: { members, threshold } })).wait();
      const committeeId = committeeIdOf({ creator: await chain.signer.getAddress(), salt });
      return chain.hall.committees.collect({ committeeId, digest: DIGEST });
    }

    async function ownerWallet(): Promise<string> {
      const wallet = await new OwnerWallet__factory(chain.signer).deploy(keys[0]!.address);
      await wallet.waitForDeployment();
      return wallet.getAddress();
    }

    it("asks each wallet for its own approval and mixes it with keys", async () => {
      const wallet = await ownerWallet();
      const collector = await walletEpoch([wallet], 2);
      const approval = keys[0]!.signingKey.sign(hashTyped(collector.approvalOf(wallet))).serialized;
      await collector.add({ signature: approval, member: wallet });
      await collector.add({ signature: signatureOf(2).serialized });
      const { committeeId } = collector.epoch;
      const claim = { committeeId, digest: DIGEST, approval: collector.build() };
      expect(await chain.hall.committees.isApproved(claim)).to.equal(true);
      expect(await chain.hall.committees.requireAttributableApproval(claim)).to.deep.equal([wallet, keys[2]!.address]);
      expect(await chain.hall.committees.check(claim)).to.deep.equal({
        approved: true,
        scheme: "members",
        signers: [wallet, keys[2]!.address],
      });
    });

    it("prefers keys to wallets, which cost more", async () => {
      const wallet = await ownerWallet();
      const collector = await walletEpoch([wallet], 2);
      const signature = keys[0]!.signingKey.sign(hashTyped(collector.approvalOf(wallet))).serialized;
      await collector.add({ signature, member: wallet });
      await collector.add({ signature: signatureOf(1).serialized });
      await collector.add({ signature: signatureOf(2).serialized });
      const approval = decodeApproval(collector.build());
      expect(approval.scheme === "members" && approval.entries.map(({ kind }) => kind)).to.deep.equal(["key", "key"]);
    });

    it("refuses one owner's signature for two wallets by name", async () => {
      const [first, second] = [await ownerWallet(), await ownerWallet()];
      const collector = await walletEpoch([first, second], 2);
      const signature = keys[0]!.signingKey.sign(hashTyped(collector.approvalOf(first))).serialized;
      await collector.add({ signature, member: first });
      expect(await codeOf(collector.add({ signature, member: second }))).to.equal("COMMITTEE_WRONG_SIGNATURE");
    });

    for (const [what, deploy] of [
      ["reverts", () => new RevertingWallet__factory(chain.signer).deploy()],
      ["burns all its gas", () => new GasBombWallet__factory(chain.signer).deploy()],
      ["answers with a flood", () => new ReturnBombWallet__factory(chain.signer).deploy(1_000_000)],
    ] as const) {
      it(`refuses a wallet that ${what} by name`, async () => {
        const deployed = await deploy();
        await deployed.waitForDeployment();
        const wallet = await deployed.getAddress();
        const collector = await walletEpoch([wallet], 1);
        expect(await codeOf(collector.add({ signature: "0x1234", member: wallet }))).to.equal(
          "COMMITTEE_WRONG_SIGNATURE",
        );
      });
    }

    it("takes a wallet that is not deployed only once it is", async () => {
      const factory = await new OwnerWalletFactory__factory(chain.signer).deploy();
      await factory.waitForDeployment();
      const wallet = await factory.getFunction("addressOf").staticCall(keys[0]!.address, id("salt"));
      const collector = await walletEpoch([wallet], 2);
      const signature = wrapErc6492({
        factory: await factory.getAddress(),
        factoryCalldata: factory.interface.encodeFunctionData("deploy", [keys[0]!.address, id("salt")]),
        signature: keys[0]!.signingKey.sign(hashTyped(collector.approvalOf(wallet))).serialized,
      });
      expect(await codeOf(collector.add({ signature, member: wallet }))).to.equal("COMMITTEE_WALLET_NOT_DEPLOYED");
      await (await factory.deploy(keys[0]!.address, id("salt"))).wait();
      await collector.add({ signature, member: wallet });
      await collector.add({ signature: signatureOf(1).serialized });
      const { committeeId } = collector.epoch;
      const claim = { committeeId, digest: DIGEST, approval: collector.build() };
      await chain.hall.committees.requireApproval(claim);
    });

    it("refuses a wallet signature that no approval can hold by name", () => {
      const signature = `0x${"00".repeat(65_536)}`;
      expect(() => encodeApproval({ scheme: "members", entries: [{ index: 0, kind: "wallet", signature }] }))
        .to.throw(CommitteeError)
        .with.property("code", "COMMITTEE_SIGNATURE_TOO_LONG");
    });
  });

  describe("decodeApproval", () => {
    const entry = fc.record({
      index: fc.nat(254),
      wallet: fc.option(fc.uint8Array({ maxLength: 300 })),
      key: fc.uint8Array({ minLength: 64, maxLength: 64 }),
    });

    it("reads back whatever encodeApproval wrote", () => {
      fc.assert(
        fc.property(fc.uniqueArray(entry, { selector: ({ index }) => index, maxLength: 20 }), (list) => {
          const entries = list
            .map(({ index, wallet, key }) =>
              wallet === null
                ? { index, kind: "key" as const, signature: hexlify(key) }
                : { index, kind: "wallet" as const, signature: hexlify(wallet) },
            )
            .sort((a, b) => a.index - b.index);
          const approval = { scheme: "members" as const, entries };
          expect(decodeApproval(encodeApproval(approval))).to.deep.equal(approval);
        }),
      );
      const frost = { scheme: "frost" as const, r: { x: 1n, y: 2n }, z: 3n };
      expect(decodeApproval(encodeApproval(frost))).to.deep.equal(frost);
    });

    it("refuses every approval that is one byte short or long by name", async () => {
      const collector = collectorOf();
      for (const index of [0, 1, 2]) await collector.add({ signature: signatureOf(index).serialized });
      const approval = collector.build();
      for (const broken of ["0x", "0x00", "0x03", "0x01", `${approval}00`, approval.slice(0, -2), "0xzz"]) {
        expect(() => decodeApproval(broken))
          .to.throw(CommitteeError)
          .with.property("code", "COMMITTEE_APPROVAL_MALFORMED");
      }
    });
  });

  describe("checkApproval", () => {
    let chain: CommitteeChain;
    before(async () => {
      chain = await startCommitteeChain();
    });
    after(() => chain.node.stop());

    it("says what the contract says, for approvals damaged at random", async () => {
      const salt = id("mirror");
      const config = { members: epoch.members, threshold: 3 };
      const { committeeId } = await (await chain.hall.committees.create({ salt, config })).wait();
      const collector = await chain.hall.committees.collect({ committeeId, digest: DIGEST });
      for (const index of [0, 2, 4]) await collector.add({ signature: signatureOf(index).serialized });
      const good = collector.build();
      const damaged = [
        good,
        "0x",
        "0x00",
        "0x01",
        "0x02",
        "0x07",
        `${good}00`,
        good.slice(0, -2),
        concat(["0x02", randomBytes(96)]),
        // Names a member that is none, and a wallet that did not sign.
        concat(["0x01", toBeHex(1n << 9n, 32), toBeHex(0, 32), randomBytes(64)]),
        concat(["0x01", toBeHex(1n, 32), toBeHex(2n, 32), randomBytes(64)]),
        concat(["0x01", toBeHex(1n, 32), toBeHex(1n, 32), "0x0000"]),
        concat(["0x01", toBeHex(1n, 32), toBeHex(1n, 32), "0x0005"]),
        concat(["0x01", toBeHex(1n, 32), toBeHex(0n, 32), signatureOf(0).compactSerialized]),
        concat(["0x01", toBeHex(0n, 64)]),
        ...Array.from({ length: 40 }, () => flipBit(good)),
      ];
      for (const approval of damaged) {
        const claim = { committeeId, epoch: 1, digest: DIGEST, approval };
        const verdict = await chain.hall.committees.check(claim);
        const said = await chain.hall.committees.requireApproval(claim).then(
          () => undefined,
          (error: unknown) => error,
        );
        expect(await chain.hall.committees.isApproved(claim)).to.equal(verdict.approved);
        if (verdict.approved) {
          expect(said, approval).to.equal(undefined);
        } else {
          const { error, ...args } = verdict.refusal;
          if (!isRevert(said, error)) expect.fail(`${error} instead of ${String(said)} for ${approval}`);
          for (const [name, value] of Object.entries(args)) {
            const actual = (said.args as Readonly<Record<string, unknown>>)[name];
            expect(typeof value === "number" ? BigInt(value) : value, `${error}.${name}`).to.equal(actual);
          }
        }
      }
    });

    it("knows an epoch that is over", async () => {
      const over = { ...epoch, validUntil: 100 };
      const check = (now: number) => checkApproval({ ...place, epoch: over, digest: DIGEST, approval: "0x03", now });
      expect(await check(99)).to.have.nested.property("refusal.error", "CommitteeWrongScheme");
      expect(await check(100)).to.have.nested.property("refusal.error", "CommitteeEpochOver");
    });

    it("takes no FROST approval where only the members scheme counts", async () => {
      const approval = concat(["0x02", randomBytes(96)]);
      const verdict = await checkApproval({ ...place, epoch, digest: DIGEST, approval, now: 1, membersOnly: true });
      expect(verdict).to.deep.equal({
        approved: false,
        refusal: { error: "CommitteeWrongScheme", scheme: "0x02" },
      });
    });
  });
});

function anotherKey(): { readonly x: bigint; readonly y: bigint } {
  return toGroupKeyPoint(new Wallet(id("another")).signingKey.compressedPublicKey);
}

/** The same signature with the other s: valid mathematics, refused everywhere. */
function highS({ r, s, v }: Signature): string {
  return concat([r, toBeHex(ORDER - BigInt(s), 32), toBeHex(v === 27 ? 28 : 27, 1)]);
}

const random = seededBytes("damage");

function flipBit(data: string): string {
  const bytes = getBytes(data);
  const [high, low, bit] = random(3);
  bytes[(high! * 256 + low!) % bytes.length]! ^= 1 << (bit! % 8);
  return hexlify(bytes);
}
