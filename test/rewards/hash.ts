import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

import { expect } from "chai";
import { concat, hexlify, id as hashOfText, keccak256, TypedDataEncoder, type TypedDataField } from "ethers";

import { seededBytes } from "../helpers/random.js";
import { bitmapContentOf, chunkHashOf, ethers, REWARD_TYPES, treeOf } from "../helpers/rewards.js";

type Type = keyof typeof REWARD_TYPES;
type Value = Readonly<Record<string, unknown>>;
type Hashed = Exclude<Type, "UserAccount">;
type Signed = Exclude<Hashed, "Pool">;
type Bitmap = {
  readonly name: string;
  readonly count: number;
  readonly chunkHashes: readonly string[];
  readonly contentHash: string;
};
type Vectors = {
  readonly chainId: string;
  readonly contract: string;
  readonly domainSeparator: string;
  readonly types: Readonly<Record<Type, { readonly type: string; readonly hash: string }>>;
  readonly pool: { readonly operator: string; readonly salt: string; readonly poolId: string };
  readonly documents: Readonly<Record<Exclude<Signed, "Verdict">, Value>> & {
    readonly Verdict: Value & { readonly roster: Value };
  };
  readonly digests: Readonly<Record<Signed, string>>;
  readonly leaf: {
    readonly poolId: string;
    readonly cycle: number;
    readonly userId: string;
    readonly eligible: boolean;
    readonly hash: string;
  };
};

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), "utf8"));
const vectors = read("rewards") as Vectors;
const contents = read("rewards-content") as {
  readonly bitmaps: readonly (Bitmap & { readonly chunks: readonly string[] })[];
  readonly contents: readonly Bitmap[];
};

const types = (Object.keys(REWARD_TYPES) as Type[]).sort();
const hashed = types.filter((type): type is Hashed => type !== "UserAccount");
const signed = hashed.filter((type): type is Signed => type !== "Pool");

/** A struct with those that it nests, as ethers wants them. */
function structsOf(type: Type): Record<string, TypedDataField[]> {
  return type === "Bindings"
    ? { Bindings: REWARD_TYPES.Bindings, UserAccount: REWARD_TYPES.UserAccount }
    : { [type]: REWARD_TYPES[type] };
}

const hashOf = (type: Type, value: Value): string => TypedDataEncoder.hashStruct(type, structsOf(type), { ...value });

/** The frozen document, with its nested roster spread, and the digest that a registrar's endorsement names. */
function messageOf(type: Signed): Value {
  const { documents, digests } = vectors;
  if (type === "Verdict") return { ...documents.Verdict, ...documents.Verdict.roster };
  return type === "RegistrarRebinding"
    ? { ...documents[type], userEndorsement: digests.UserRebinding }
    : documents[type];
}

describe("RewardHash", () => {
  async function deployProbe() {
    const probe = await ethers.deployContract("RewardHashProbe");
    const hash = async (type: Hashed, v: Value): Promise<string> => {
      const args = {
        Bindings: [v.poolId, v.users, v.deadline],
        Pool: [v.operator, v.salt],
        RegistrarRebinding: [v, v.userEndorsement],
        UserRebinding: [v],
        Verdict: [v.committeeId, v.epoch, v.poolId, v.cycle, v.revision, v],
      }[type];
      const name = type.charAt(0).toLowerCase() + type.slice(1);
      return (await probe.getFunction(name)(...args)) as string;
    };
    return { probe, hash };
  }

  /** A value for each field, of random bits. */
  function randomValue(type: Type, random: (length?: number) => Uint8Array): Value {
    const draw = (fieldType: string): unknown => {
      if (fieldType === "UserAccount[]") {
        return Array.from({ length: random(1)[0]! % 10 }, () => randomValue("UserAccount", random));
      }
      if (fieldType === "address") return hexlify(random(20));
      if (fieldType === "bytes32") return hexlify(random(32));
      if (fieldType === "bool") return random(1)[0]! % 2 === 1;
      if (fieldType === "string") return "é".repeat(random(1)[0]! % 40);
      return BigInt(hexlify(random(Number(fieldType.replace("uint", "")) / 8)));
    };
    return Object.fromEntries(REWARD_TYPES[type].map((field) => [field.name, draw(field.type)]));
  }

  describe("given each of its structs", () => {
    it("has the type hash of ethers' encoder", async () => {
      const { probe } = await deployProbe();
      const encoded = types.map((type) => TypedDataEncoder.from(structsOf(type)).encodeType(type));
      expect(await probe.typeHashes()).to.deep.equal(encoded.map(hashOfText));
      expect(types.map((type) => vectors.types[type].type)).to.deep.equal(encoded);
      expect(types.map((type) => vectors.types[type].hash)).to.deep.equal(encoded.map(hashOfText));
    });

    it("hashes random values as ethers' encoder does", async () => {
      const { hash } = await deployProbe();
      const seed = hexlify(randomBytes(8));
      const random = seededBytes(seed);
      for (const type of hashed) {
        for (let i = 0; i < 20; i += 1) {
          const value = randomValue(type, random);
          expect(await hash(type, value), `${type} ${i}, seed ${seed}`).to.equal(hashOf(type, value));
        }
      }
    });

    it("reproduces the frozen vector", async () => {
      const { hash } = await deployProbe();
      const { pool, chainId, contract: verifyingContract, domainSeparator, digests } = vectors;
      expect(await hash("Pool", pool)).to.equal(pool.poolId);
      expect(hashOf("Pool", pool)).to.equal(pool.poolId);
      const domain = { name: "Guildhall RewardPool", version: "1", chainId, verifyingContract };
      expect(TypedDataEncoder.hashDomain(domain)).to.equal(domainSeparator);
      for (const type of signed) {
        const value = messageOf(type);
        const structHash = await hash(type, value);
        expect(keccak256(concat(["0x1901", domainSeparator, structHash])), type).to.equal(digests[type]);
        expect(TypedDataEncoder.hash(domain, structsOf(type), { ...value }), type).to.equal(digests[type]);
      }
    });
  });

  describe("given a roster's leaf", () => {
    it("hashes random ones as OpenZeppelin's standard tree does", async () => {
      const { probe } = await deployProbe();
      const seed = hexlify(randomBytes(8));
      const random = seededBytes(seed);
      for (const eligible of [true, false]) {
        const [poolId, userId] = [hexlify(random(32)), hexlify(random(32))];
        const cycle = Number(hexlify(random(4)));
        // A tree of one leaf has it as its root.
        const { root } = treeOf(poolId, cycle, [[userId, eligible]]);
        expect(await probe.leaf(poolId, cycle, userId, eligible), `seed ${seed}`).to.equal(root);
      }
    });

    it("reproduces the frozen vector", async () => {
      const { probe } = await deployProbe();
      const { poolId, cycle, userId, eligible, hash } = vectors.leaf;
      expect(await probe.leaf(poolId, cycle, userId, eligible)).to.equal(hash);
      expect(treeOf(poolId, cycle, [[userId, eligible]]).root).to.equal(hash);
      expect(await probe.leaf(poolId, cycle, userId, !eligible)).to.not.equal(hash);
    });
  });

  describe("given a bitmap's content", () => {
    it("hashes what the chunk store keeps", async () => {
      const { probe } = await deployProbe();
      const store = await ethers.deployContract("ChunkStore");
      for (const { name, count, chunks, chunkHashes, contentHash } of contents.bitmaps) {
        const stored = await Promise.all(chunks.map(async (chunk) => store.store.staticCall(chunk)));
        expect(stored, name).to.deep.equal(chunkHashes);
        expect(chunks.map(chunkHashOf), name).to.deep.equal(chunkHashes);
        expect(await probe.content(count, stored), name).to.equal(contentHash);
      }
    });

    it("reproduces the frozen vectors", async () => {
      const { probe } = await deployProbe();
      for (const { name, count, chunkHashes, contentHash } of [...contents.bitmaps, ...contents.contents]) {
        expect(await probe.content(count, [...chunkHashes]), name).to.equal(contentHash);
        expect(bitmapContentOf(count, chunkHashes), name).to.equal(contentHash);
      }
    });
  });
});
