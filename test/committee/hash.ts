import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

import { expect } from "chai";
import { hexlify, id as hashOfText, TypedDataEncoder } from "ethers";

import { COMMITTEE_TYPES, memberKeys } from "../helpers/committee.js";
import { seededBytes } from "../helpers/random.js";
import { ethers } from "./fixture.js";

type Type = keyof typeof COMMITTEE_TYPES;
type Value = Record<string, unknown>;
type Vectors = Record<Type, { readonly value: Value; readonly structHash: string; readonly digest: string }> & {
  readonly domain: Record<string, unknown>;
};

const vectors = JSON.parse(readFileSync(new URL("../../vectors/committee.json", import.meta.url), "utf8")) as Vectors;

const types = Object.keys(COMMITTEE_TYPES) as Type[];

const hashOf = (type: Type, value: Value): string =>
  TypedDataEncoder.hashStruct(type, { [type]: [...COMMITTEE_TYPES[type]] }, value);

describe("CommitteeHash", () => {
  async function deployProbe() {
    const probe = await ethers.deployContract("CommitteeHashProbe");
    const hash = async (type: Type, v: Value): Promise<string> => {
      const groupKey = { x: v.groupKeyX, y: v.groupKeyY };
      const config = { members: v.members, threshold: v.threshold, groupKey };
      const args = {
        Committee: [v.creator, v.salt],
        GroupKeyConfirmation: [v.committeeId, v.epoch, groupKey],
        MemberApproval: [v.member, v.digest],
        Retirement: [v.committeeId, v.currentEpoch, v.epoch],
        Rotation: [v.committeeId, v.currentEpoch, config, v.graceUntil],
      }[type];
      const name = type.charAt(0).toLowerCase() + type.slice(1);
      return (await probe.getFunction(name)(...args)) as string;
    };
    return { probe, hash };
  }

  /** A value for each field, of random bits. */
  function randomValue(type: Type, random: (length?: number) => Uint8Array): Value {
    const draw = (fieldType: string): unknown => {
      if (fieldType === "address[]") return Array.from({ length: random(1)[0]! % 10 }, () => draw("address"));
      if (fieldType === "address") return hexlify(random(20));
      if (fieldType === "bytes32") return hexlify(random(32));
      return BigInt(hexlify(random(Number(fieldType.replace("uint", "")) / 8)));
    };
    return Object.fromEntries(COMMITTEE_TYPES[type].map((field) => [field.name, draw(field.type)]));
  }

  describe("given each of its structs", () => {
    it("has the type hash of ethers' encoder", async () => {
      const { probe } = await deployProbe();
      const expected = types.map((type) =>
        hashOfText(TypedDataEncoder.from({ [type]: [...COMMITTEE_TYPES[type]] }).encodeType(type)),
      );
      expect(await probe.typeHashes()).to.deep.equal(expected);
    });

    it("hashes random values as ethers' encoder does", async () => {
      const { hash } = await deployProbe();
      const seed = hexlify(randomBytes(8));
      const random = seededBytes(seed);
      for (const type of types) {
        for (let i = 0; i < 20; i += 1) {
          const value = randomValue(type, random);
          expect(await hash(type, value), `${type} ${i}, seed ${seed}`).to.equal(hashOf(type, value));
        }
      }
    });

    it("reproduces the frozen vector", async () => {
      const { hash } = await deployProbe();
      for (const type of types) {
        const { value, structHash, digest } = vectors[type];
        expect(await hash(type, value), type).to.equal(structHash);
        expect(hashOf(type, value), type).to.equal(structHash);
        const fields = { [type]: [...COMMITTEE_TYPES[type]] };
        expect(TypedDataEncoder.hash(vectors.domain, fields, value), type).to.equal(digest);
      }
    });
  });

  describe("given a rotation of 255 members", () => {
    it("hashes them as ethers' encoder does", async () => {
      const { hash } = await deployProbe();
      const value = { ...vectors.Rotation.value, members: memberKeys(255).map((key) => key.address) };
      expect(await hash("Rotation", value)).to.equal(hashOf("Rotation", value));
    });
  });
});
