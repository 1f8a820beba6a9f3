import { expect } from "chai";
import type { Signature } from "ethers";
import { concat, hexlify, id, randomBytes, toBeHex, Wallet } from "ethers";

import {
  ApprovalCollector,
  type ApprovalCollectorParameters,
  type CommitteeError,
  committeeIdOf,
  decodeApproval,
  type Epoch,
  toGroupKeyPoint,
} from "../../sdk/src/index.js";
import { FickleWallet__factory } from "../../typechain-types/index.js";
import { memberKeys } from "../helpers/committee.js";
import { generateShares, makeParties, sign } from "../helpers/frostParties.js";
import { type CommitteeChain, startCommitteeChain } from "./sdk-fixture.js";

const DIGEST = id("what is approved");
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

async function errorOf(promise: Promise<unknown>): Promise<CommitteeError> {
  return promise.then(
    () => expect.fail("nothing was refused"),
    (error: unknown) => error as CommitteeError,
  );
}

/** What a refused signature is, with its arguments. */
async function expectError(promise: Promise<unknown>, code: string, args: object): Promise<void> {
  const error = await errorOf(promise);
  expect(error.code, String(error)).to.equal(code);
  expect(error.args).to.deep.equal(args);
}

describe("ApprovalCollector", () => {
  const keys = memberKeys(5);
  const members = keys.map(({ address }) => address);
  const epoch: Epoch = {
    committeeId: id("committee"),
    number: 7,
    members,
    threshold: 3,
    attributable: false,
    validFrom: 0,
    validUntil: undefined,
    groupKey: undefined,
    groupKeyConfirmed: false,
  };
  const collectorOf = (changes: Partial<ApprovalCollectorParameters> = {}): ApprovalCollector =>
    new ApprovalCollector({ chainId: 31337n, registry: `0x${"c0".repeat(20)}`, epoch, digest: DIGEST, ...changes });
  const signatureOf = (index: number, digest = DIGEST): Signature => keys[index]!.signingKey.sign(digest);
  const highOf = ({ r, s, v }: Signature): string => concat([r, toBeHex(ORDER - BigInt(s), 32), toBeHex(55 - v, 1)]);

  describe("add", () => {
    it("tells whose high s it is, whichever the parity", async () => {
      const parities = new Set<number>();
      for (const [index, member] of members.entries()) {
        parities.add(signatureOf(index).yParity);
        await expectError(collectorOf().add({ signature: highOf(signatureOf(index)), member }), "COMMITTEE_HIGH_S", {
          member,
        });
      }
      expect([...parities]).to.have.members([0, 1]);
    });

    it("takes another's high s for no fault of a member that may be a wallet", async () => {
      const [, , member] = members;
      const adding = collectorOf().add({ signature: highOf(signatureOf(1)), member: member! });
      await expectError(adding, "COMMITTEE_WALLET_NEEDS_PROVIDER", { member });
    });

    const noPoint = `0x${"ff".repeat(32)}`;
    const nobodys = {
      "64 bytes that are nobody's, with a parity": concat([noPoint, toBeHex((1n << 255n) + 1n, 32)]),
      "65 bytes that are nobody's, with s at half the order": concat([noPoint, toBeHex(ORDER / 2n, 32), "0x1b"]),
      "65 bytes that are nobody's, with s at the order": concat([noPoint, toBeHex(ORDER, 32), "0x1b"]),
      "65 bytes that are nobody's, with s above the order": concat([noPoint, noPoint, "0x1b"]),
    };
    for (const [name, signature] of Object.entries(nobodys)) {
      it(`refuses ${name}, and speaks of no high s`, async () => {
        const args = { member: undefined, digest: DIGEST };
        await expectError(collectorOf().add({ signature }), "COMMITTEE_WRONG_SIGNATURE", args);
      });
    }

    it("speaks of a member only where one was named", async () => {
      const [member] = members;
      const high = highOf(signatureOf(0));
      expect((await errorOf(collectorOf().add({ signature: high }))).what).to.match(/^The signature has a high s/);
      expect((await errorOf(collectorOf().add({ signature: high, member: member! }))).what).to.match(
        new RegExp(`^The signature of ${member!} has a high s`),
      );
      const signature = concat([noPoint, noPoint, "0x1b"]);
      expect((await errorOf(collectorOf().add({ signature }))).what).to.match(/^The signature given does not verify/);
    });

    it("says who is no member, and who signed twice", async () => {
      const stranger = new Wallet(id("a stranger"));
      const args = { committeeId: epoch.committeeId, epoch: 7, account: stranger.address };
      const collector = collectorOf();
      const signature = stranger.signingKey.sign(DIGEST).serialized;
      await expectError(collector.add({ signature }), "COMMITTEE_NOT_A_MEMBER", args);
      expect(() => collector.approvalOf(stranger.address))
        .to.throw()
        .with.property("code", "COMMITTEE_NOT_A_MEMBER");
      await collector.add({ signature: signatureOf(0).serialized });
      const again = collector.add({ signature: signatureOf(0).serialized });
      await expectError(again, "COMMITTEE_SIGNED_TWICE", { member: members[0] });
    });
  });

  describe("addFrost", () => {
    it("refuses where a signature of the group does not count, with committee and epoch", async () => {
      const parties = makeParties(3);
      const shares = await generateShares(parties, 2);
      const { signature } = await sign({ parties, shares, digest: DIGEST });
      const keyed = { ...epoch, groupKey: toGroupKeyPoint(shares[0]!.group.groupKey), groupKeyConfirmed: true };
      const cases: readonly [Partial<ApprovalCollectorParameters>, string][] = [
        [{ epoch: { ...keyed, attributable: true } }, "COMMITTEE_ATTRIBUTABLE"],
        [{ epoch: keyed, membersOnly: true }, "COMMITTEE_ATTRIBUTABLE"],
        [{ epoch: { ...keyed, groupKey: undefined } }, "COMMITTEE_GROUP_KEY_UNCONFIRMED"],
        [{ epoch: { ...keyed, groupKeyConfirmed: false } }, "COMMITTEE_GROUP_KEY_UNCONFIRMED"],
        [{ epoch: keyed, digest: id("another digest") }, "COMMITTEE_WRONG_GROUP_SIGNATURE"],
      ];
      for (const [changes, code] of cases) {
        const collector = collectorOf(changes);
        const adding = Promise.resolve().then(() => {
          collector.addFrost(signature);
        });
        await expectError(adding, code, { committeeId: epoch.committeeId, epoch: 7 });
        expect(collector.missing.count).to.equal(3);
      }
      const collector = collectorOf({ epoch: keyed });
      collector.addFrost(signature);
      expect(collector.missing).to.deep.equal({ count: 0, members: [] });
      expect(collector.build()).to.match(/^0x02/);
    });
  });

  describe("build", () => {
    it("chooses the signatures with the cheapest calldata", async () => {
      const zeros = (digest: string, index: number): number =>
        [...Buffer.from(signatureOf(index, digest).compactSerialized.slice(2), "hex")].filter((byte) => byte === 0)
          .length;
      // A digest of which the last three members' signatures have a byte of zero, and the first two's none.
      let digest = DIGEST;
      const fits = (): boolean => keys.every((_, index) => zeros(digest, index) > 0 === index >= 2);
      while (!fits()) digest = id(digest);
      const collector = collectorOf({ digest });
      for (const index of keys.keys()) await collector.add({ signature: signatureOf(index, digest).serialized });
      const approval = decodeApproval(collector.build());
      expect(approval.scheme === "members" && approval.entries.map(({ index }) => index)).to.deep.equal([2, 3, 4]);
    });
  });

  describe("when wallets are members", () => {
    let chain: CommitteeChain;
    let wallet: string;
    let collector: ApprovalCollector;

    before(async () => {
      chain = await startCommitteeChain();
    });
    after(() => chain.node.stop());

    beforeEach(async () => {
      const deployed = await new FickleWallet__factory(chain.signer).deploy();
      await deployed.waitForDeployment();
      wallet = await deployed.getAddress();
      const salt = hexlify(randomBytes(32));
      const config = { members: [wallet, ...members], threshold: 2 };
      await (await chain.hall.committees.create({ salt, config })).wait();
      const committeeId = committeeIdOf({ creator: await chain.signer.getAddress(), salt });
      collector = await chain.hall.committees.collect({ committeeId, digest: DIGEST });
    });

    it("counts a wallet once, however often it answers at the same time", async () => {
      const outcomes = await Promise.allSettled(
        ["0x01", "0x02"].map((signature) => collector.add({ signature, member: wallet })),
      );
      expect(outcomes.map(({ status }) => status)).to.have.members(["fulfilled", "rejected"]);
      const [failed] = outcomes.filter((outcome) => outcome.status === "rejected");
      expect(failed?.reason).to.deep.include({ code: "COMMITTEE_SIGNED_TWICE", args: { member: wallet } });
      expect(collector.signers).to.deep.equal([wallet]);
    });

    it("prefers keys even to a wallet that needs no signature", async () => {
      await collector.add({ signature: "0x", member: wallet });
      for (const index of [0, 1]) await collector.add({ signature: signatureOf(index).serialized });
      const approval = decodeApproval(collector.build());
      expect(approval.scheme === "members" && approval.entries.map(({ kind }) => kind)).to.deep.equal(["key", "key"]);
    });

    it("refuses a wallet's signature that no approval can hold, and takes the longest that one can", async () => {
      const tooLong = collector.add({ signature: `0x${"00".repeat(65_536)}`, member: wallet });
      await expectError(tooLong, "COMMITTEE_SIGNATURE_TOO_LONG", { index: 0, max: 65_535, actual: 65_536 });
      expect(collector.signers).to.deep.equal([]);
      await collector.add({ signature: `0x${"00".repeat(65_535)}`, member: wallet });
      expect(collector.signers).to.deep.equal([wallet]);
    });

    it("tells an account without code from a wrong signature of a key", async () => {
      const [member] = members;
      const wrong = { member, digest: DIGEST };
      const { serialized, compactSerialized } = signatureOf(1);
      for (const signature of [serialized, compactSerialized]) {
        const adding = collector.add({ signature, member: member! });
        await expectError(adding, "COMMITTEE_WRONG_SIGNATURE", wrong);
        expect((await errorOf(adding)).what).to.match(
          new RegExp(`^The signature given for ${member!} does not verify`),
        );
      }
      const short = collector.add({ signature: "0x1234", member: member! });
      await expectError(short, "COMMITTEE_WALLET_NOT_DEPLOYED", { member });
    });
  });
});
