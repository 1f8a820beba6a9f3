import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { expect } from "chai";
import { TypedDataEncoder } from "ethers";

import { digestOf } from "./digestOf.js";
import { examples, FOREIGN, SLOTS, UNSIGNED } from "./table.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const ELSEWHERE = ["CustomerOfferRevocation"];

/** The type strings of the hash libraries, by constant. */
function typesOf(file: string): readonly { readonly constant: string; readonly type: string }[] {
  const source = readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  return [...source.matchAll(/(\w+)\s*=\s*keccak256\(\s*((?:"[^"]*"\s*)+)\)/gu)].map(([, constant, text]) => ({
    constant: constant!,
    type: [...text!.matchAll(/"([^"]*)"/gu)].map(([, part]) => part).join(""),
  }));
}

const LIBRARIES = globSync("contracts/**/*Hash.sol", { cwd: ROOT }).filter((file) => !file.includes("mocks"));
const TYPES = LIBRARIES.flatMap((file) => typesOf(file).map((each) => ({ ...each, file })));
const nameOf = (type: string) => type.slice(0, type.indexOf("("));

describe("signatures", () => {
  describe("types", () => {
    it("are in the table, or known to be signed by nobody", async () => {
      expect(TYPES).to.not.be.empty;
      const encoded = (await examples()).map(({ types, primaryType }) =>
        TypedDataEncoder.from(
          Object.fromEntries(Object.entries(types).map(([name, fields]) => [name, [...fields]])),
        ).encodeType(primaryType),
      );
      const signed = encoded.filter((type) => ![...FOREIGN, ...ELSEWHERE].includes(nameOf(type)));
      const ours = TYPES.map(({ type }) => type).filter((type) => !UNSIGNED.some((name) => name === nameOf(type)));
      expect(ours).to.have.members(signed);
      expect(TYPES.map(({ type }) => nameOf(type))).to.include.members([...UNSIGNED]);
    });

    it("are written in the hash libraries and nowhere else", () => {
      const sources = globSync("contracts/**/*.sol", { cwd: ROOT }).filter((file) => !file.includes("mocks"));
      const strays = sources.filter((file) => !LIBRARIES.includes(file) && typesOf(file).length > 0);
      expect(strays).to.deep.equal([]);
    });

    it("have names of their own", () => {
      const names = TYPES.map(({ type }) => nameOf(type));
      expect(new Set(names).size).to.equal(names.length);
    });

    it("make digests that are all different", async () => {
      const digests = (await examples()).map(digestOf);
      expect(new Set(digests).size).to.equal(digests.length);
    });

    it("are asked for by an entry point each", () => {
      const asked = new Set(SLOTS.map(({ type }) => type));
      const signed = TYPES.map(({ type }) => nameOf(type)).filter((name) => !UNSIGNED.some((each) => each === name));
      expect([...signed].filter((name) => !asked.has(name))).to.deep.equal([]);
    });
  });
});
