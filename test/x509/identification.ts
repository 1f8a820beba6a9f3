import { expect } from "chai";
import { getBytes, hexlify, randomBytes } from "ethers";
import fc from "fast-check";

import { encodeIdentification } from "../../sdk/src/certificates/identification/encodeIdentification.js";
import { sealTo } from "../../sdk/src/certificates/identification/hpke.js";
import type { IdentificationEnvelope } from "../../sdk/src/certificates/identification/IdentificationEnvelope.js";
import * as x509 from "../../sdk/src/certificates/index.js";
import { refusal, refusalOf } from "../helpers/x509.js";

const person = { name: "Personal Name", born: 1980, papers: ["A", null, true], nested: { ä: "ü" } };
const draw = (): string => hexlify(randomBytes(32));

/** Seals whatever bytes under whatever hash, as a sender who lies would. */
async function sealRaw(publicKey: string, plain: Uint8Array, identityHash: string): Promise<IdentificationEnvelope> {
  return { centre: 1, identityHash, ...(await sealTo(1, getBytes(publicKey), plain, getBytes(identityHash))) };
}

describe("certificates", () => {
  describe("sealIdentification and openIdentification", () => {
    it("opens for each centre with its own key, with the salt", async () => {
      const keys = await Promise.all([1, 2, 3].map(async () => x509.createCentreKey()));
      const salt = draw();
      const to = keys.map(({ publicKey }, i) => ({ centre: i + 1, publicKey }));
      const envelopes = await x509.sealIdentification(person, salt, to);
      expect(envelopes.map(({ centre }) => centre)).to.deep.equal([1, 2, 3]);
      for (const [i, envelope] of envelopes.entries()) {
        expect(envelope.identityHash).to.equal(x509.identityHash(salt, person));
        const opened = await x509.openIdentification(envelope, keys[i]!.secretKey);
        expect(opened.salt).to.equal(salt);
        expect(JSON.parse(JSON.stringify(opened.identification))).to.deep.equal(person);
        const other = keys[(i + 1) % 3]!.secretKey;
        expect((await refusalOf(x509.openIdentification(envelope, other), "IDENTITY_SEALED")).args).to.deep.equal({
          centre: i + 1,
        });
      }
      expect(new Set(envelopes.map(({ sealed }) => sealed)).size).to.equal(3);
    });

    it("does not open when anything of the envelope is changed", async () => {
      const { publicKey, secretKey } = await x509.createCentreKey();
      const [envelope] = await x509.sealIdentification(person, draw(), [{ centre: 1, publicKey }]);
      const flip = (hex: string): string => {
        const bytes = getBytes(hex);
        bytes[bytes.length >> 1]! ^= 1;
        return hexlify(bytes);
      };
      const changed: readonly Partial<IdentificationEnvelope>[] = [
        { centre: 2 },
        { identityHash: flip(envelope!.identityHash) },
        { encapsulated: flip(envelope!.encapsulated) },
        { encapsulated: "0x" },
        { sealed: flip(envelope!.sealed) },
        { sealed: envelope!.sealed.slice(0, -2) },
        { sealed: "0x" },
      ];
      for (const change of changed) {
        const error = await refusalOf(
          x509.openIdentification({ ...envelope!, ...change }, secretKey),
          "IDENTITY_SEALED",
        );
        expect(error.cause).to.equal(undefined);
      }
    });

    it("refuses a sender whose hash is of something else, or who sealed no identification", async () => {
      const { publicKey, secretKey } = await x509.createCentreKey();
      const hash = x509.identityHash(draw(), person);
      const salt = randomBytes(32);
      const contents = [
        Uint8Array.of(...salt, ...encodeIdentification(person)),
        Uint8Array.of(...salt, ...new TextEncoder().encode("[1]")),
        Uint8Array.of(...salt, ...new TextEncoder().encode('{"a":1,"a":2}')),
        Uint8Array.of(...salt, ...new TextEncoder().encode('{"a":1.5}')),
        Uint8Array.of(...salt, 0xff),
        salt,
        new Uint8Array(3),
      ];
      for (const plain of contents) {
        const envelope = await sealRaw(publicKey, plain, hash);
        const error = await refusalOf(x509.openIdentification(envelope, secretKey), "IDENTITY_HASH");
        expect(error.message).to.not.contain("Personal");
      }
    });

    it("hides how long an identification is, up to blocks", async () => {
      const { publicKey } = await x509.createCentreKey();
      const lengthOf = async (name: string): Promise<number> => {
        const [envelope] = await x509.sealIdentification({ name }, draw(), [{ centre: 1, publicKey }]);
        return getBytes(envelope!.sealed).length;
      };
      expect(await lengthOf("a")).to.equal(await lengthOf("a".repeat(400)));
      expect(await lengthOf("a".repeat(600))).to.be.greaterThan(await lengthOf("a"));
    });

    it("refuses keys, salts and identifications that it cannot use, without showing them", async () => {
      const { publicKey, secretKey } = await x509.createCentreKey();
      const to = [{ centre: 1, publicKey }];
      await refusalOf(x509.sealIdentification(person, draw(), []), "IDENTITY_NO_CENTRES");
      for (const bad of ["0x", "", "0x12", `${publicKey}00`, publicKey.slice(2)]) {
        await refusalOf(x509.sealIdentification(person, draw(), [{ centre: 1, publicKey: bad }]), "IDENTITY_KEY");
      }
      const [envelope] = await x509.sealIdentification(person, draw(), to);
      const error = await refusalOf(x509.openIdentification(envelope!, secretKey.slice(0, -2)), "IDENTITY_KEY");
      expect(error.message).to.not.contain(secretKey.slice(2, 20));
      for (const salt of ["0x", "0x11", `0x${"11".repeat(33)}`, "11".repeat(32), `0x${"zz".repeat(32)}`]) {
        await refusalOf(x509.sealIdentification(person, salt, to), "IDENTITY_SALT");
      }
      const much = { text: "x".repeat(40_000) };
      await refusalOf(x509.sealIdentification(much, draw(), to), "CERT_TOO_LARGE");
    });

    it("hashes by what is said, not by the order in which it stands", () => {
      const salt = draw();
      const values = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean()));
      fc.assert(
        fc.property(values, (identification) => {
          const turned = Object.fromEntries(Object.entries(identification).reverse());
          expect(x509.identityHash(salt, turned)).to.equal(x509.identityHash(salt, identification));
          expect(x509.identityHash(draw(), identification)).to.not.equal(x509.identityHash(salt, identification));
        }),
      );
      expect(x509.identityHash(salt, { a: "1" })).to.not.equal(x509.identityHash(salt, { a: 1 }));
    });

    it("refuses what JSON does not carry as it is, and names the place without the words", () => {
      let deep: x509.Identification = {};
      for (let i = 0; i < 20; i++) deep = { deep };
      const cases = [
        { secret: 1.5 },
        { secret: Number.NaN },
        { secret: -0 },
        { secret: 2 ** 53 },
        { secret: "\ud800" },
        { "\ud800": 1 },
        { secret: undefined },
        { secret: 1n },
        deep,
      ] as readonly x509.Identification[];
      for (const identification of cases) {
        const error = refusal(() => x509.identityHash(draw(), identification), "IDENTITY_NOT_JSON");
        expect(error.message).to.not.contain("secret");
      }
    });
  });
});
