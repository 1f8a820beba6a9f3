import { expect } from "chai";
import { TypedDataEncoder } from "ethers";

import { digestOf } from "./digestOf.js";
import { filesLike, type HashType, hashTypes, sourceOf } from "./hashTypes.js";
import type { Typed } from "./Slot.js";
import { examples, FOREIGN, OFF_CHAIN, SLOTS, UNSIGNED } from "./table.js";

const TYPES = hashTypes();
const isOneOf = (names: readonly string[]) => (name: string) => names.includes(name);
const SIGNED = TYPES.filter(({ name }) => !isOneOf(UNSIGNED)(name));

const encode = (types: Typed["types"], name: string) =>
  TypedDataEncoder.from(
    Object.fromEntries(Object.entries(types).map(([type, fields]) => [type, [...fields]])),
  ).encodeType(name);

/** The structs that a type string names, as ethers wants them. */
function parse(type: string): Typed["types"] {
  const structs = [...type.matchAll(/(\w+)\(([^)]*)\)/gu)].map(([, name, list]) => {
    const fields = list!.split(",").map((field) => {
      const [of, called] = field.split(" ");
      return { type: of!, name: called! };
    });
    return [name!, fields] as const;
  });
  return Object.fromEntries(structs);
}

const lowered = (name: string) => `${name[0]!.toLowerCase()}${name.slice(1)}`;

/** What stands in a function of a Solidity source, up to the brace that ends it. */
function bodyOf(source: string, name: string): string {
  const start = source.indexOf(`function ${name}(`);
  return start < 0 ? "" : source.slice(start, source.indexOf("\n    }\n", start));
}

/** Every value under such a key, however deep. */
function valuesAt(json: unknown, key: string): unknown[] {
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json as Record<string, unknown>).flatMap(([each, value]) => [
    ...(each === key ? [value] : []),
    ...valuesAt(value, key),
  ]);
}

describe("signatures", () => {
  describe("types", () => {
    it("are in the table, or known to be signed by nobody", async () => {
      expect(TYPES).to.not.be.empty;
      const encoded = (await examples())
        .filter(({ primaryType }) => !isOneOf([...FOREIGN, ...OFF_CHAIN])(primaryType))
        .map(({ types, primaryType }) => encode(types, primaryType));
      const missing = SIGNED.filter(({ type }) => !encoded.includes(type)).map(({ name }) => name);
      expect(missing, "not in the table").to.deep.equal([]);
      expect(encoded, "in the table alone").to.have.members(SIGNED.map(({ type }) => type));
      expect(TYPES.map(({ name }) => name)).to.include.members([...UNSIGNED]);
    });

    it("are each asked for by an entry point", () => {
      const asked = SLOTS.map(({ type }) => type);
      expect(SIGNED.map(({ name }) => name).filter((name) => !asked.includes(name))).to.deep.equal([]);
    });

    it("are written in the hash libraries and nowhere else", () => {
      expect(TYPES.filter(({ library }) => !library.endsWith("Hash")).map(({ file }) => file)).to.deep.equal([]);
    });

    it("have names of their own", () => {
      const names = TYPES.map(({ name }) => name);
      expect(new Set(names).size).to.equal(names.length);
    });

    it("make digests that are all different", async () => {
      const digests = (await examples()).map(digestOf);
      expect(new Set(digests).size).to.equal(digests.length);
    });

    for (const each of TYPES) {
      describe(`given ${each.name}`, () => {
        const test = sourceOf(`test/${each.system}/${each.library}.t.sol`);

        it("is read by ethers' encoder as it is written", () => {
          expect(encode(parse(each.type), each.name)).to.equal(each.type);
        });

        it("is compared with vm.eip712HashType", () => {
          expect(test).to.include("vm.eip712HashType(");
          expect(bodyOf(test, "test_typeHashes")).to.include(`${each.library}.${each.constant}`);
        });

        it("is compared with an encoding by hand", () => {
          expect(isEncodedByHand(each, test), each.name).to.equal(true);
        });

        it("has a frozen vector", () => {
          const vectors = filesLike("vectors/*.json").map((file): unknown => JSON.parse(sourceOf(file)));
          const frozen = vectors.flatMap((json) => valuesAt(json, each.name)).map((value) => JSON.stringify(value));
          expect(frozen.join(" ")).to.include(JSON.stringify(each.type));
          const hashed = /"(?:digest|structHash|hash)":"0x[0-9a-f]{64}"/u;
          expect(frozen.filter((text) => hashed.test(text))).to.not.be.empty;
        });
      });
    }
  });
});

/** Either a test of its own writes the encoding out, or a reference does that the test imports. */
function isEncodedByHand({ name, library }: HashType, test: string): boolean {
  const own = bodyOf(test, `testFuzz_${lowered(name)}`);
  if (own.includes("bytes.concat(") && own.includes("assertEq(")) return true;
  const imports = [...test.matchAll(/helpers\/(\w+Reference)\.sol/gu)].map(([, reference]) => reference!);
  return imports.some((reference) => {
    const source = sourceOf(`test/helpers/${reference}.sol`);
    return source.includes(`"${name}(`) && !source.includes(`${library}.`);
  });
}
