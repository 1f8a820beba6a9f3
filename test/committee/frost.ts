import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

import { secp256k1, secp256k1_FROST } from "@noble/curves/secp256k1.js";
import { expect } from "chai";
import { getBytes, hexlify, toBigInt, toBeHex } from "ethers";
import { network } from "hardhat";

import { dealFrostGroup, pointOf, randomDigest, signWithFrostGroup } from "../helpers/frost.js";
import { seededBytes } from "../helpers/random.js";

const P = 2n ** 256n - 2n ** 32n - 977n;
const N = secp256k1.Point.Fn.ORDER;

type Vectors = {
  readonly groupPublicKey: string;
  readonly message: string;
  readonly participantShares: readonly { readonly identifier: number; readonly share: string }[];
  readonly roundOne: readonly {
    readonly identifier: number;
    readonly hidingNonce: string;
    readonly bindingNonce: string;
    readonly hidingNonceCommitment: string;
    readonly bindingNonceCommitment: string;
  }[];
  readonly roundTwo: readonly { readonly signatureShare: string }[];
  readonly signature: string;
};

const vectors = JSON.parse(
  readFileSync(new URL("../../vectors/frost-rfc9591.json", import.meta.url), "utf8"),
) as Vectors;

describe("Frost", () => {
  async function fixture() {
    const { ethers } = await network.getOrCreate();
    const random = seededBytes("Frost");
    const group = dealFrostGroup(2, 3, random);
    const message = randomDigest(random);
    const signature = signWithFrostGroup(group, message, random);
    const valid = { keyX: group.key.x, keyOdd: group.key.y % 2n === 1n, message, ...signature };
    return { probe: await ethers.deployContract("FrostProbe"), valid };
  }

  describe("verify", () => {
    // Invariants C11 and C12.
    describe("given the vectors of RFC 9591", () => {
      it("is matched by the reference", async () => {
        const { probe } = await fixture();
        const signature = getBytes(vectors.signature);
        const z = toBigInt(signature.subarray(33));
        const r = hexlify(signature.subarray(0, 33));
        expect(await probe.verifyReference(vectors.groupPublicKey, vectors.message, r, z)).to.equal(true);
        expect(await probe.verifyReference(vectors.groupPublicKey, "0x74657375", r, z)).to.equal(false);
        expect(await probe.verifyReference(vectors.groupPublicKey, vectors.message, r, z + 1n)).to.equal(false);
      });

      it("is matched by the signer of the tests", () => {
        const commitments = vectors.roundOne.map((round) => ({
          identifier: secp256k1_FROST.Identifier.fromNumber(round.identifier),
          hiding: getBytes(round.hidingNonceCommitment),
          binding: getBytes(round.bindingNonceCommitment),
        }));
        const shares = Object.fromEntries(
          vectors.roundTwo.map(({ signatureShare }, i) => [commitments[i]!.identifier, getBytes(signatureShare)]),
        );
        const key = {
          signers: { min: 2, max: 3 },
          commitments: [getBytes(vectors.groupPublicKey)],
          verifyingShares: Object.fromEntries(
            vectors.participantShares.map(({ identifier, share }) => [
              secp256k1_FROST.Identifier.fromNumber(identifier),
              secp256k1.getPublicKey(getBytes(share)),
            ]),
          ),
        };
        const signature = secp256k1_FROST.aggregate(key, commitments, getBytes(vectors.message), shares);
        expect(hexlify(signature)).to.equal(vectors.signature);
      });
    });

    describe("given signatures of random groups", () => {
      it("accepts each", async () => {
        const { probe } = await fixture();
        const seed = randomBytes(16).toString("hex");
        const random = seededBytes(seed);
        const signatures = Array.from({ length: 1_000 }, (_, i) => {
          const size = 2 + (i % 2);
          const group = dealFrostGroup(2, size, random);
          const message = randomDigest(random);
          const signature = signWithFrostGroup(group, message, random);
          return { keyX: group.key.x, keyOdd: group.key.y % 2n === 1n, message, ...signature };
        });
        const parities = new Set(signatures.map((s) => `${s.keyOdd}/${s.ry % 2n}`));
        expect(parities.size, `parities of key and R, seed ${seed}`).to.equal(4);
        for (let i = 0; i < signatures.length; i += 250) {
          const valid = await probe.verify(signatures.slice(i, i + 250));
          expect(
            valid.filter((answer) => answer),
            `from ${i}, seed ${seed}`,
          ).to.have.lengthOf(250);
        }
      }).timeout(120_000);
    });

    describe("given a signature", () => {
      const refusals = {
        "when z is not below the group order": (s) => [
          { ...s, z: s.z + N <= 2n ** 256n - 1n ? s.z + N : N },
          { ...s, z: N },
          { ...s, z: 2n ** 256n - 1n },
        ],
        "when a coordinate of R is not below the field's prime": (s) => [
          { ...s, rx: P },
          { ...s, ry: P },
          { ...s, rx: 2n ** 256n - 1n },
          { ...s, ry: 2n ** 256n - 1n },
        ],
        "when R is off the curve": (s) => [
          { ...s, rx: (s.rx + 1n) % P },
          { ...s, ry: (s.ry + 2n) % P },
        ],
        "when R is (0, 0)": (s) => [{ ...s, rx: 0n, ry: 0n }],
        "when R is the other point of the same x": (s) => [{ ...s, ry: P - s.ry }],
        "when z is zero": (s) => [{ ...s, z: 0n }],
        "when the message is another": (s) => [{ ...s, message: toBeHex(toBigInt(s.message) ^ 1n, 32) }],
        "when the key's parity is wrong": (s) => [{ ...s, keyOdd: !s.keyOdd }],
        "when the key's x is zero": (s) => [{ ...s, keyX: 0n }],
        "when the key's x is off the curve": (s) => [{ ...s, keyX: 5n }],
        "when the key's x is not below the group order": (s) => [
          { ...s, keyX: N },
          { ...s, keyX: P },
          { ...s, keyX: 2n ** 256n - 1n },
        ],
      } satisfies Record<string, (valid: Awaited<ReturnType<typeof fixture>>["valid"]) => unknown[]>;

      for (const [when, change] of Object.entries(refusals)) {
        describe(when, () => {
          it("refuses", async () => {
            const { probe, valid } = await fixture();
            const changed = change(valid);
            expect(await probe.verify([valid])).to.deep.equal([true]);
            expect(await probe.verify(changed)).to.deep.equal(changed.map(() => false));
          });
        });
      }
    });

    it("costs at most 4,400 gas", async () => {
      const { probe, valid } = await fixture();
      const { valid: accepted, gasUsed } = await probe.gasOfVerify(valid);
      expect(accepted).to.equal(true);
      expect(gasUsed).to.be.lessThanOrEqual(4_400n);
    });
  });

  describe("isGroupKey", () => {
    // x = 5 is off the curve: 5³ + 7 is no square.
    const cases = {
      "when the point is on the curve": [[pointOf(getBytes(vectors.groupPublicKey)), true]],
      "when the point is off the curve": [
        [{ x: 5n, y: 1n }, false],
        [{ x: 0n, y: 1n }, false],
      ],
      "when the point is (0, 0)": [[{ x: 0n, y: 0n }, false]],
      "when a coordinate is not reduced": [
        [{ x: 1n + P, y: lift(1n) }, false],
        [smallY(), false],
      ],
    } satisfies Record<string, readonly (readonly [{ x: bigint; y: bigint }, boolean])[]>;

    for (const [when, points] of Object.entries(cases)) {
      describe(when, () => {
        it(points[0]![1] ? "says yes" : "says no", async () => {
          const { probe } = await fixture();
          for (const [{ x, y }, expected] of points) expect(await probe.isGroupKey(x, y)).to.equal(expected);
        });
      });
    }

    describe("when x is a field element but not below the group order", () => {
      it("says no", async () => {
        const { probe } = await fixture();
        let x = N;
        while (!isSquare((x ** 3n + 7n) % P)) x += 1n;
        const y = lift(x);
        expect(await probe.isOnCurve(x, y)).to.equal(true);
        expect(await probe.isGroupKey(x, y)).to.equal(false);
      });
    });
  });
});

function isSquare(value: bigint): boolean {
  return secp256k1.Point.Fp.eql(secp256k1.Point.Fp.pow(value, (P - 1n) / 2n), 1n);
}

/** A point whose y is so small that y + p fits a word, with that y. */
function smallY(): { x: bigint; y: bigint } {
  // The field has p = 1 mod 3 elements and cube roots for a third of them: x = (y² - 7)^((p + 2) / 9), where that is one.
  for (let y = 1n; ; y += 1n) {
    const cube = (y * y - 7n + P) % P;
    const x = secp256k1.Point.Fp.pow(cube, (P + 2n) / 9n);
    if (x ** 3n % P === cube) return { x, y: y + P };
  }
}

/** The even y of a point. */
function lift(x: bigint): bigint {
  const y = secp256k1.Point.Fp.sqrt((x ** 3n + 7n) % P);
  return y % 2n === 0n ? y : P - y;
}
