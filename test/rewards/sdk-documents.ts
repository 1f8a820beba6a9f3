import { readFileSync } from "node:fs";

import { expect } from "chai";
import { AbiCoder, concat, keccak256, toUtf8Bytes, TypedDataEncoder, Wallet, ZeroAddress } from "ethers";

import { mutableTypes } from "../../sdk/src/core/signatures/hashTyped.js";
import {
  type Bindings,
  bindingsCodec,
  bindingsTypedData,
  createDocument,
  hashTyped,
  parseDocument,
  poolIdOf,
  type Rebinding,
  rebindingCodec,
  registrarRebindingTypedData,
  rewardsDomain,
  rewardTypes,
  serializeDocument,
  signTyped,
  type TypedData,
  userRebindingTypedData,
  type Verdict,
  verdictCodec,
  verdictTypedData,
  verifyDocument,
} from "../../sdk/src/index.js";
import { createPool, ethers, loadRewards, networkHelpers, userOf } from "./sdk-fixture.js";

type Vectors = {
  readonly chainId: string;
  readonly contract: string;
  readonly domainSeparator: string;
  readonly types: Readonly<Record<string, { readonly type: string; readonly hash: string }>>;
  readonly pool: { readonly operator: string; readonly salt: string; readonly poolId: string };
  readonly documents: {
    readonly Bindings: Bindings;
    readonly UserRebinding: Rebinding;
    readonly RegistrarRebinding: Rebinding;
    readonly Verdict: Verdict;
  };
  readonly digests: Readonly<Record<keyof typeof rewardTypes, string>>;
  readonly leaf: {
    readonly poolId: string;
    readonly cycle: number;
    readonly userId: string;
    readonly eligible: boolean;
    readonly hash: string;
  };
};

const vectors = JSON.parse(readFileSync(new URL("../../vectors/rewards.json", import.meta.url), "utf8")) as Vectors;
const place = { chainId: BigInt(vectors.chainId), contract: vectors.contract };
const { Bindings: bindings, UserRebinding: rebinding, Verdict: verdict } = vectors.documents;

/** The typed data of each vector, by the SDK. */
const typedData: Readonly<Record<keyof typeof rewardTypes, TypedData>> = {
  Bindings: bindingsTypedData(place, bindings),
  UserRebinding: userRebindingTypedData(place, rebinding),
  RegistrarRebinding: registrarRebindingTypedData(place, vectors.documents.RegistrarRebinding),
  Verdict: verdictTypedData(place, verdict),
};

const abi = AbiCoder.defaultAbiCoder();
const typeHash = (name: string): string => vectors.types[name]?.hash ?? "";
const encode = (types: readonly string[], values: readonly unknown[]) => keccak256(abi.encode(types, values));

/** The struct hashes once more, written by hand. */
function structHashOf(name: keyof typeof rewardTypes): string {
  const { poolId, userId, account, newAccount, nonce, deadline } = rebinding;
  const fields = ["bytes32", "bytes32", "bytes32", "address", "address", "uint32", "uint40"];
  const values = [poolId, userId, account, newAccount, nonce, deadline];
  switch (name) {
    case "Bindings": {
      const users = bindings.users.map((user) =>
        encode(["bytes32", "bytes32", "address"], [typeHash("UserAccount"), user.userId, user.account]),
      );
      const words = [typeHash("Bindings"), bindings.poolId, keccak256(concat(users)), bindings.deadline];
      return encode(["bytes32", "bytes32", "bytes32", "uint40"], words);
    }
    case "UserRebinding":
      return encode(fields, [typeHash(name), ...values]);
    case "RegistrarRebinding":
      return encode([...fields, "bytes32"], [typeHash(name), ...values, vectors.digests.UserRebinding]);
    case "Verdict": {
      const { roster, ...head } = verdict;
      return encode(
        [
          ...["bytes32", "bytes32", "uint32", "bytes32", "uint32", "uint32"],
          ...["bytes32", "uint32", "uint32", "bytes32", "bytes32", "bool"],
        ],
        [
          ...[typeHash(name), head.committeeId, head.epoch, head.poolId, head.cycle, head.revision],
          ...[roster.root, roster.count, roster.eligible, roster.contentHash],
          ...[keccak256(toUtf8Bytes(roster.evidenceUri)), roster.noneEligible],
        ],
      );
    }
  }
}

describe("rewards SDK", () => {
  describe("golden vectors", () => {
    it("reproduces every type string", () => {
      expect(Object.keys(vectors.types)).to.have.members([...Object.keys(rewardTypes), "UserAccount", "Pool"]);
      for (const [name, { type, hash }] of Object.entries(vectors.types)) {
        expect(keccak256(toUtf8Bytes(type)), name).to.equal(hash);
        const table = Object.hasOwn(rewardTypes, name) ? rewardTypes[name as keyof typeof rewardTypes] : undefined;
        if (table !== undefined) expect(TypedDataEncoder.from(mutableTypes(table)).encodeType(name)).to.equal(type);
      }
    });

    it("keeps to the type strings of RewardHash.sol, letter for letter", () => {
      const source = readFileSync(new URL("../../contracts/rewards/RewardHash.sol", import.meta.url), "utf8");
      const strings = [...source.matchAll(/keccak256\(\s*((?:"[^"]*"\s*)+)\)/g)].map(([, text]) =>
        (text ?? "").replaceAll(/"\s*"|"|\s+$/g, "").trim(),
      );
      expect(strings).to.have.members(Object.values(vectors.types).map(({ type }) => type));
    });

    it("reproduces the domain, the pool's id and the leaf", () => {
      expect(TypedDataEncoder.hashDomain(rewardsDomain(place))).to.equal(vectors.domainSeparator);
      expect(poolIdOf(vectors.pool)).to.equal(vectors.pool.poolId);
      const { poolId, cycle, userId, eligible, hash } = vectors.leaf;
      const inner = encode(["bytes32", "uint32", "bytes32", "bool"], [poolId, cycle, userId, eligible]);
      expect(keccak256(inner)).to.equal(hash);
    });

    for (const [name, data] of Object.entries(typedData) as [keyof typeof rewardTypes, TypedData][]) {
      it(`reproduces the digest of ${name}, as does an encoding by hand`, () => {
        expect(hashTyped(data)).to.equal(vectors.digests[name]);
        const byHand = keccak256(concat(["0x1901", vectors.domainSeparator, structHashOf(name)]));
        expect(byHand).to.equal(vectors.digests[name]);
      });
    }
  });

  describe("documents on chain", () => {
    it("bind by the registrar's signature, and rebind by both, whoever sends them", async () => {
      const hall = await loadRewards();
      const { stranger, registrar } = hall.halls;
      const pool = await createPool(hall, {}, []);
      const { poolId } = pool;
      expect(poolId).to.equal(poolIdOf({ operator: pool.operator, salt: ethers.id("pool") }));
      const [user, next] = hall.keyed;
      if (user === undefined || next === undefined) expect.fail("no keys");
      const { userId } = userOf(0);
      const users = [{ userId, account: user.address }, userOf(1)];
      const bindings = { poolId, users, deadline: (await networkHelpers.time.latest()) + 50 };
      const signed = await signTyped(hall.signers.registrar, bindingsTypedData(stranger.rewards.place, bindings));
      const binding = await stranger.rewards.bind({ ...bindings, registrarSignature: signed.signature });
      const { bound } = await binding.wait();
      expect(bound.map(({ account, index }) => [account, index])).to.deep.equal([
        [user.address, 0],
        [userOf(1).account, 1],
      ]);

      const member = (await stranger.rewards.member(poolId, userId)) ?? expect.fail("no member");
      const deadline = (await networkHelpers.time.latest()) + 1_000;
      const moved: Rebinding = {
        ...{ poolId, userId, account: user.address, newAccount: next.address },
        ...{ nonce: member.nonce, deadline },
      };
      const byUser = await signTyped(user, userRebindingTypedData(registrar.rewards.place, moved));
      const byRegistrar = await signTyped(
        hall.signers.registrar,
        registrarRebindingTypedData(registrar.rewards.place, moved),
      );
      const rebinding = await stranger.rewards.rebind({
        ...{ poolId, userId, newAccount: next.address, deadline },
        userSignature: byUser.signature,
        registrarSignature: byRegistrar.signature,
      });
      expect(await rebinding.wait()).to.deep.include({ account: user.address, newAccount: next.address, nonce: 0 });
      expect((await stranger.rewards.member(poolId, userId))?.nonce).to.equal(1);
    });
  });

  describe("documents in files", () => {
    const key = new Wallet(keccak256("0x01"));
    const other = new Wallet(keccak256("0x02"));

    it("carry bindings with the registrar's signature", async () => {
      const { signature } = await signTyped(key, bindingsTypedData(place, bindings));
      const document = createDocument(bindingsCodec, {
        ...place,
        body: { registrar: key.address, bindings },
        signatures: [{ signature }],
      });
      const text = serializeDocument(bindingsCodec, document);
      const read = parseDocument(text, [bindingsCodec]);
      expect(read).to.deep.equal(document);
      expect((await verifyDocument(bindingsCodec, read)).valid).to.equal(true);
      const forged = { ...read, body: { ...read.body, registrar: other.address } };
      expect((await verifyDocument(bindingsCodec, forged)).valid).to.equal(false);
    });

    it("carry a rebinding with both signatures, in their order", async () => {
      const given = { ...rebinding, account: key.address };
      const user = await signTyped(key, userRebindingTypedData(place, given));
      const registrar = await signTyped(other, registrarRebindingTypedData(place, given));
      const signatures = [
        { endorsement: "UserRebinding", signature: user.signature },
        { endorsement: "RegistrarRebinding", signature: registrar.signature },
      ] as const;
      const body = { registrar: other.address, rebinding: given };
      const document = createDocument(rebindingCodec, { ...place, body, signatures });
      const read = parseDocument(serializeDocument(rebindingCodec, document), [rebindingCodec]);
      expect((await verifyDocument(rebindingCodec, read)).valid).to.equal(true);
      const swapped = { ...read, signatures: [{ ...signatures[0], signature: registrar.signature }] };
      expect((await verifyDocument(rebindingCodec, swapped)).valid).to.equal(false);
    });

    it("carry a verdict with the members' signatures", async () => {
      const { signature } = await signTyped(key, verdictTypedData(place, verdict));
      const document = createDocument(verdictCodec, {
        ...place,
        body: { registry: ZeroAddress, verdict },
        signatures: [{ member: key.address, wallet: false, signature }],
      });
      const read = parseDocument(serializeDocument(verdictCodec, document), [verdictCodec]);
      expect((await verifyDocument(verdictCodec, read)).valid).to.equal(true);
      const asWallet = { ...read, signatures: [{ member: key.address, wallet: true, signature }] };
      expect((await verifyDocument(verdictCodec, asWallet)).valid).to.equal(false);
    });
  });
});
