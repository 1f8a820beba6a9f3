import { expect } from "chai";
import { concat, dataLength, dataSlice, toBeHex } from "ethers";

import { approvalOfKeys, memberKeys, membersApproval } from "../helpers/committee.js";
import { dealFrostGroup, frostApproval, signWithFrostGroup } from "../helpers/frost.js";
import { seededBytes } from "../helpers/random.js";
import {
  configOf,
  createCommittee,
  createWithGroupKey,
  deployRegistry,
  DIGEST,
  ethers,
  expectApproved,
  expectRefused,
  mineAt,
  networkHelpers,
} from "./fixture.js";

const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** Every choice of `size` out of the first `count` indexes. */
function choices(count: number, size: number): number[][] {
  if (size === 0) return [[]];
  return Array.from({ length: count }, (_, last) => last).flatMap((last) =>
    choices(last, size - 1).map((rest) => [...rest, last]),
  );
}

describe("CommitteeRegistry", () => {
  describe("isApproved and requireApproval", () => {
    /** A 3-of-5 committee. */
    async function threeOfFive() {
      const fixture = await deployRegistry();
      const id = await createCommittee(fixture, configOf(fixture.keys.slice(0, 5), 3));
      return { ...fixture, fixture, id };
    }

    describe("given no such committee", () => {
      it("refuses: CommitteeUnknown", async () => {
        const fixture = await deployRegistry();
        const id = ethers.id("nobody");
        const approval = approvalOfKeys(fixture.keys, [0, 1, 2], DIGEST);
        await expectRefused(fixture, { id, approval }, "CommitteeUnknown", [id]);
      });
    });

    describe("given an epoch the committee has not reached", () => {
      it("refuses: CommitteeUnknownEpoch", async () => {
        const { fixture, keys, id } = await threeOfFive();
        const approval = approvalOfKeys(keys, [0, 1, 2], DIGEST);
        for (const epoch of [0, 2, 2 ** 32 - 1]) {
          await expectRefused(fixture, { id, approval, epoch }, "CommitteeUnknownEpoch", [id, 1, epoch]);
        }
      });
    });

    // Invariant C5.
    describe("given an epoch that is over", () => {
      async function rotated() {
        const fixture = await deployRegistry();
        const { registry, keys, admin } = fixture;
        const config = configOf(keys.slice(0, 5), 3);
        const id = await createCommittee(fixture, config, { admin: admin.address });
        const end = BigInt(await networkHelpers.time.latest()) + 1_000n;
        await registry.connect(admin).rotate(id, config, end, "0x");
        return { ...fixture, fixture, id, end, approval: approvalOfKeys(keys, [0, 1, 2], DIGEST) };
      }

      it("accepts one second before", async () => {
        const { fixture, id, approval, end } = await rotated();
        await mineAt(end - 1n);
        await expectApproved(fixture, { id, approval });
      });

      for (const [when, later] of [
        ["at that second", 0n],
        ["after it", 1n],
      ] as const) {
        it(`refuses ${when}: CommitteeEpochOver`, async () => {
          const { fixture, id, approval, end } = await rotated();
          await mineAt(end + later);
          await expectRefused(fixture, { id, approval }, "CommitteeEpochOver", [id, 1, end, end + later]);
        });
      }
    });

    describe("given an approval of no scheme", () => {
      describe("when it is empty", () => {
        it("refuses: CommitteeMalformedApproval", async () => {
          const { fixture, id } = await threeOfFive();
          await expectRefused(fixture, { id, approval: "0x" }, "CommitteeMalformedApproval", [id, 1, 1, 0]);
        });
      });

      describe("when its first byte names none", () => {
        it("refuses: CommitteeWrongScheme", async () => {
          const { fixture, keys, id } = await threeOfFive();
          const good = approvalOfKeys(keys, [0, 1, 2], DIGEST);
          for (const scheme of ["0x00", "0x03", "0xff"]) {
            for (const approval of [scheme, concat([scheme, dataSlice(good, 1)])]) {
              await expectRefused(fixture, { id, approval }, "CommitteeWrongScheme", [id, 1, scheme]);
            }
          }
        });
      });
    });

    describe("given an approval of the members scheme", () => {
      describe("when the threshold or more signed", () => {
        it("accepts any set of them", async () => {
          const { fixture, keys, id } = await threeOfFive();
          for (const indexes of [...choices(5, 3), ...choices(5, 4), ...choices(5, 5)]) {
            await expectApproved(fixture, { id, approval: approvalOfKeys(keys, indexes, DIGEST) });
          }
        });
      });

      // Invariant C1.
      describe("when one too few signed", () => {
        it("refuses any set of them: CommitteeTooFew", async () => {
          const { fixture, keys, id } = await threeOfFive();
          for (const indexes of choices(5, 2)) {
            const approval = approvalOfKeys(keys, indexes, DIGEST);
            await expectRefused(fixture, { id, approval }, "CommitteeTooFew", [id, 1, 3, 2]);
          }
        });
      });

      describe("when nobody signed", () => {
        it("refuses: CommitteeTooFew", async () => {
          const { fixture, id } = await threeOfFive();
          await expectRefused(fixture, { id, approval: membersApproval([]) }, "CommitteeTooFew", [id, 1, 3, 0]);
        });
      });

      describe("when it has 255 members", () => {
        it("accepts the last ones too", async () => {
          const fixture = await deployRegistry();
          const keys = memberKeys(255);
          const id = await createCommittee(fixture, configOf(keys, 3));
          await expectApproved(fixture, { id, approval: approvalOfKeys(keys, [252, 253, 254], DIGEST) });
          await expectApproved(fixture, { id, approval: approvalOfKeys(keys, [0, 127, 254], DIGEST) });
          const approval = approvalOfKeys([...keys, keys[0]!], [252, 253, 255], DIGEST);
          await expectRefused(fixture, { id, approval }, "CommitteeNotMember", [id, 1, 255, 255]);
        });
      });

      describe("when it ends within its head", () => {
        it("refuses: CommitteeMalformedApproval", async () => {
          const { fixture, keys, id } = await threeOfFive();
          const good = approvalOfKeys(keys, [0, 1, 2], DIGEST);
          for (const length of [1, 32, 33, 64]) {
            const approval = dataSlice(good, 0, length);
            await expectRefused(fixture, { id, approval }, "CommitteeMalformedApproval", [id, 1, 65, length]);
          }
        });
      });

      describe("when an entry is cut or missing", () => {
        it("refuses: CommitteeMalformedApproval", async () => {
          const { fixture, keys, id } = await threeOfFive();
          const good = approvalOfKeys(keys, [0, 1, 2], DIGEST);
          for (const length of [65, 66, 65 + 2 * 64, 65 + 3 * 64 - 1]) {
            const approval = dataSlice(good, 0, length);
            await expectRefused(fixture, { id, approval }, "CommitteeMalformedApproval", [id, 1, 257, length]);
          }
        });
      });

      describe("when anything follows the last entry", () => {
        it("refuses: CommitteeMalformedApproval", async () => {
          const { fixture, keys, id } = await threeOfFive();
          const good = approvalOfKeys(keys, [0, 1, 2], DIGEST);
          for (const extra of ["0x00", `0x${"00".repeat(64)}`]) {
            const approval = concat([good, extra]);
            const lengths = [257, dataLength(approval)];
            await expectRefused(fixture, { id, approval }, "CommitteeMalformedApproval", [id, 1, ...lengths]);
          }
        });
      });

      describe("when wallets are no subset of signers", () => {
        it("refuses: CommitteeMalformedApproval", async () => {
          const { fixture, keys, id } = await threeOfFive();
          const good = approvalOfKeys(keys, [0, 1, 2], DIGEST);
          for (const wallets of [1n << 3n, 1n << 255n]) {
            const approval = concat([dataSlice(good, 0, 33), toBeHex(wallets, 32), dataSlice(good, 65)]);
            await expectRefused(fixture, { id, approval }, "CommitteeMalformedApproval", [id, 1, 257, 257]);
          }
        });
      });

      describe("when a bit is no member's", () => {
        it("refuses: CommitteeNotMember", async () => {
          const { fixture, keys, id } = await threeOfFive();
          for (const index of [5, 6]) {
            const approval = approvalOfKeys(keys, [0, 1, 2, index], DIGEST);
            await expectRefused(fixture, { id, approval }, "CommitteeNotMember", [id, 1, 5, index]);
          }
        });
      });

      describe("when a signature is another member's", () => {
        it("refuses: CommitteeWrongSignature", async () => {
          const { fixture, keys, id } = await threeOfFive();
          for (const index of [0, 1, 2]) {
            const signers = [keys[0]!, keys[1]!, keys[2]!];
            signers[index] = keys[4]!;
            const approval = approvalOfKeys(signers, [0, 1, 2], DIGEST);
            await expectRefused(fixture, { id, approval }, "CommitteeWrongSignature", [id, 1, keys[index]!.address]);
          }
        });
      });

      describe("when two signatures are swapped", () => {
        it("refuses: CommitteeWrongSignature", async () => {
          const { fixture, keys, id } = await threeOfFive();
          const approval = approvalOfKeys([keys[0]!, keys[2]!, keys[1]!], [0, 1, 2], DIGEST);
          await expectRefused(fixture, { id, approval }, "CommitteeWrongSignature", [id, 1, keys[1]!.address]);
        });
      });

      describe("when one member's signature stands for two", () => {
        it("refuses: CommitteeWrongSignature", async () => {
          const { fixture, keys, id } = await threeOfFive();
          const approval = approvalOfKeys([keys[0]!, keys[1]!, keys[1]!], [0, 1, 2], DIGEST);
          await expectRefused(fixture, { id, approval }, "CommitteeWrongSignature", [id, 1, keys[2]!.address]);
        });
      });

      describe("when a signature is of another digest", () => {
        it("refuses: CommitteeWrongSignature", async () => {
          const { fixture, keys, id } = await threeOfFive();
          const approval = approvalOfKeys(keys, [0, 1, 2], ethers.id("another"));
          await expectRefused(fixture, { id, approval }, "CommitteeWrongSignature", [id, 1, keys[0]!.address]);
        });
      });

      describe("when a signature has a high s", () => {
        it("refuses: CommitteeWrongSignature", async () => {
          // A compact signature has 255 bits for s, so that only a sliver above n / 2 can be told by it. Such an s is found by
          // choosing it: the digest and the key follow from (r, s).
          const fixture = await deployRegistry();
          const { keys } = fixture;
          const r = keys[0]!.signingKey.sign(DIGEST).r;
          for (const [s, accepted] of [
            [(N - 1n) / 2n, true],
            [(N - 1n) / 2n + 1n, false],
            [2n ** 255n - 1n, false],
          ] as const) {
            const signer = ethers.recoverAddress(DIGEST, { r, s: toBeHex(s, 32), v: 27 });
            const id = await createCommittee(fixture, configOf([signer], 1), { salt: toBeHex(s, 32) });
            const approval = membersApproval([{ index: 0, key: concat([r, toBeHex(s, 32)]) }]);
            if (accepted) await expectApproved(fixture, { id, approval });
            else await expectRefused(fixture, { id, approval }, "CommitteeWrongSignature", [id, 1, signer]);
          }
        });
      });

      describe("when a signature is nothing but zeros", () => {
        it("refuses: CommitteeWrongSignature", async () => {
          const { fixture, keys, id } = await threeOfFive();
          const entries = [0, 1, 2].map((index) => ({ index, key: `0x${"00".repeat(64)}` }));
          const approval = membersApproval(entries);
          await expectRefused(fixture, { id, approval }, "CommitteeWrongSignature", [id, 1, keys[0]!.address]);
        });
      });

      describe("when more than one thing is wrong", () => {
        it("names form, then membership, then signature, then number", async () => {
          const { fixture, keys, id } = await threeOfFive();
          const wrong = approvalOfKeys(keys.toReversed(), [0, 6], DIGEST); // two, of whom one is no member, wrongly signed
          const long = concat([wrong, "0x00"]);
          await expectRefused(fixture, { id, approval: long }, "CommitteeMalformedApproval", [id, 1, 193, 194]);
          await expectRefused(fixture, { id, approval: wrong }, "CommitteeNotMember", [id, 1, 5, 6]);
          const two = approvalOfKeys(keys.toReversed(), [0, 1], DIGEST);
          await expectRefused(fixture, { id, approval: two }, "CommitteeWrongSignature", [id, 1, keys[0]!.address]);
        });
      });

      describe("when a member delegated to code (EIP-7702)", () => {
        it("still accepts its key", async () => {
          const { fixture, keys, id, stranger } = await threeOfFive();
          const wallet = await ethers.deployContract("RevertingWallet");
          const member = keys[1]!;
          await stranger.sendTransaction({ to: member.address, value: ethers.parseEther("1") });
          const approval = approvalOfKeys(keys, [0, 1, 2], DIGEST);
          await networkHelpers.setCode(member.address, concat(["0xef0100", await wallet.getAddress()]));
          expect(await ethers.provider.getCode(member.address)).to.not.equal("0x");
          await expectApproved(fixture, { id, approval });
        });
      });
    });

    describe("given an approval of the FROST scheme", () => {
      async function withGroupKey() {
        const fixture = await deployRegistry();
        const id = await createWithGroupKey(fixture);
        const signature = signWithFrostGroup(fixture.group, DIGEST, seededBytes("sign"));
        return { ...fixture, fixture, id, signature };
      }

      describe("when the group signed", () => {
        it("accepts", async () => {
          const { fixture, id, signature } = await withGroupKey();
          await expectApproved(fixture, { id, approval: frostApproval(signature) });
        });
      });

      describe("when it is shorter or longer", () => {
        it("refuses: CommitteeMalformedApproval", async () => {
          const { fixture, id, signature } = await withGroupKey();
          const good = frostApproval(signature);
          for (const approval of ["0x02", dataSlice(good, 0, 96), concat([good, "0x00"])]) {
            const lengths = [97, dataLength(approval)];
            await expectRefused(fixture, { id, approval }, "CommitteeMalformedApproval", [id, 1, ...lengths]);
          }
        });
      });

      describe("when it is of another digest", () => {
        it("refuses: CommitteeWrongGroupSignature", async () => {
          const { fixture, id, signature } = await withGroupKey();
          const ask = { id, approval: frostApproval(signature), digest: ethers.id("another") };
          await expectRefused(fixture, ask, "CommitteeWrongGroupSignature", [id, 1]);
        });
      });

      describe("when another group signed", () => {
        it("refuses: CommitteeWrongGroupSignature", async () => {
          const { fixture, id } = await withGroupKey();
          const other = signWithFrostGroup(dealFrostGroup(2, 3, seededBytes("other")), DIGEST, seededBytes("sign"));
          await expectRefused(fixture, { id, approval: frostApproval(other) }, "CommitteeWrongGroupSignature", [id, 1]);
        });
      });

      describe("when z or R is out of range", () => {
        it("refuses: CommitteeWrongGroupSignature", async () => {
          const { fixture, id, signature } = await withGroupKey();
          for (const change of [{ z: N }, { z: 2n ** 256n - 1n }, { rx: 0n, ry: 0n }, { ry: signature.ry ^ 1n }]) {
            const approval = frostApproval({ ...signature, ...change });
            await expectRefused(fixture, { id, approval }, "CommitteeWrongGroupSignature", [id, 1]);
          }
        });
      });

      describe("when the key is not confirmed", () => {
        it("refuses: CommitteeGroupKeyUnconfirmed", async () => {
          // Invariant C6: whoever creates a committee can name honest members and a key of his own, and gains nothing by it.
          const { fixture, keys, group, signature } = await withGroupKey();
          const options = { salt: ethers.id("rogue") };
          const id = await createCommittee(fixture, configOf(keys.slice(0, 5), 3, group.key), options);
          const approval = frostApproval(signature);
          await expectRefused(fixture, { id, approval }, "CommitteeGroupKeyUnconfirmed", [id, 1]);
        });
      });

      describe("when there is no key", () => {
        it("refuses: CommitteeGroupKeyUnconfirmed", async () => {
          const { fixture, keys, signature } = await withGroupKey();
          const id = await createCommittee(fixture, configOf(keys, 3), { salt: ethers.id("none") });
          const approval = frostApproval(signature);
          await expectRefused(fixture, { id, approval }, "CommitteeGroupKeyUnconfirmed", [id, 1]);
        });
      });

      describe("when the committee is attributable", () => {
        it("refuses: CommitteeAttributable", async () => {
          const { fixture, keys, signature } = await withGroupKey();
          const options = { salt: ethers.id("attributable"), attributable: true };
          const id = await createCommittee(fixture, configOf(keys, 3), options);
          await expectRefused(fixture, { id, approval: frostApproval(signature) }, "CommitteeAttributable", [id]);
          await expectApproved(fixture, { id, approval: approvalOfKeys(keys, [0, 1, 2], DIGEST) });
        });
      });
    });
  });
});
