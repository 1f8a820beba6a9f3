import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

import { expect } from "chai";
import { concat, hexlify, id as hashOfText, keccak256, TypedDataEncoder } from "ethers";

import { CERTIFICATE_TYPES, type CertificateType, ethers, structHashOf } from "../helpers/certificates.js";
import { seededBytes } from "../helpers/random.js";

type Value = Readonly<Record<string, unknown>>;
type Vectors = {
  readonly chainId: string;
  readonly contract: string;
  readonly domainSeparator: string;
  readonly types: Readonly<Record<CertificateType, { readonly type: string; readonly hash: string }>>;
  readonly structs: Readonly<Record<CertificateType, Value>>;
  readonly hashes: Readonly<Record<CertificateType, string>>;
  readonly digests: Readonly<Partial<Record<CertificateType, string>>>;
};

const vectors = JSON.parse(
  readFileSync(new URL("../../vectors/certificates.json", import.meta.url), "utf8"),
) as Vectors;

const types = (Object.keys(CERTIFICATE_TYPES) as CertificateType[]).sort();

describe("CertificateHash", () => {
  async function deployProbe() {
    const probe = await ethers.deployContract("CertificateHashProbe");
    const hash = async (type: CertificateType, v: Value, overrides = {}): Promise<string> => {
      const args = {
        Application: [v],
        CentreAdmission: [v.committeeId, v.epoch, v, v.salt],
        CentreRetirement: [v.committeeId, v.epoch, v.centre],
        Certificate: [v.committeeId, v.contentHash],
        CertificateRequest: [v],
        CertificationResult: [v.committeeId, v.epoch, v.applicationId, v.tbsHash, v.contentHash, v.approved, v.reason],
        CommitteeRequest: [v.committeeId, v.epoch, v],
        Holding: [v.certificateId, v.holder],
        Issuer: [v.committeeId, v.checkedKeyHash],
        Record: [v.certificateId, v.from, v.to, v.operation, v.requester, v.reason, v.requestHash, v.previousRecord],
      }[type];
      const name = type.charAt(0).toLowerCase() + type.slice(1);
      return (await probe.getFunction(name)(...args, overrides)) as string;
    };
    return { probe, hash };
  }

  /** A value for each field, of random bits; an enum's is one that there is. */
  function randomValue(type: CertificateType, random: (length?: number) => Uint8Array): Value {
    const draw = (fieldType: string, name: string): unknown => {
      if (name === "operation") return BigInt(random(1)[0]! % 8);
      if (name === "requester") return BigInt(random(1)[0]! % 4);
      if (fieldType === "address") return hexlify(random(20));
      if (fieldType === "bytes32") return hexlify(random(32));
      if (fieldType === "bool") return random(1)[0]! % 2 === 1;
      return BigInt(hexlify(random(Number(fieldType.replace("uint", "")) / 8)));
    };
    return Object.fromEntries(CERTIFICATE_TYPES[type].map((field) => [field.name, draw(field.type, field.name)]));
  }

  /** A record's block is the one that the probe is asked in. */
  async function inThisBlock(type: CertificateType, value: Value): Promise<Value> {
    if (type !== "Record") return value;
    const block = (await ethers.provider.getBlock("latest"))!;
    return { ...value, blockNumber: block.number, timestamp: block.timestamp };
  }

  describe("given each of its structs", () => {
    it("has the type hash of ethers' encoder", async () => {
      const { probe } = await deployProbe();
      const encoded = types.map((type) => TypedDataEncoder.from({ [type]: CERTIFICATE_TYPES[type] }).encodeType(type));
      const byConstant = [...(await probe.typeHashes())].sort();
      expect(byConstant).to.deep.equal(encoded.map(hashOfText).sort());
      expect(types.map((type) => vectors.types[type].type)).to.deep.equal(encoded);
      expect(types.map((type) => vectors.types[type].hash)).to.deep.equal(encoded.map(hashOfText));
    });

    it("hashes random values as ethers' encoder does", async () => {
      const { hash } = await deployProbe();
      const seed = hexlify(randomBytes(8));
      const random = seededBytes(seed);
      for (const type of types) {
        for (let i = 0; i < 20; i += 1) {
          const value = await inThisBlock(type, randomValue(type, random));
          const blockTag = type === "Record" ? { blockTag: Number(value.blockNumber) } : {};
          expect(await hash(type, value, blockTag), `${type} ${i}, seed ${seed}`).to.equal(structHashOf(type, value));
        }
      }
    });

    it("reproduces the frozen vector", async () => {
      const { hash } = await deployProbe();
      const { chainId, contract: verifyingContract, domainSeparator, structs, hashes, digests } = vectors;
      const domain = { name: "Guildhall CertificateLedger", version: "1", chainId, verifyingContract };
      expect(TypedDataEncoder.hashDomain(domain)).to.equal(domainSeparator);
      for (const type of types) {
        expect(structHashOf(type, structs[type]), type).to.equal(hashes[type]);
        // A record of another block is another one: the Solidity tests hold the block against its hash.
        if (type !== "Record") expect(await hash(type, structs[type]), type).to.equal(hashes[type]);
      }
      const signed = Object.keys(digests) as CertificateType[];
      expect(signed).to.have.members([
        "CentreAdmission",
        "CentreRetirement",
        "CertificateRequest",
        "CertificationResult",
        "CommitteeRequest",
      ]);
      for (const type of signed) {
        expect(keccak256(concat(["0x1901", domainSeparator, hashes[type]])), type).to.equal(digests[type]);
      }
    });
  });
});
