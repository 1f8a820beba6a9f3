import { expect } from "chai";
import { id, ZeroHash } from "ethers";

import {
  asCentre,
  asCommittee,
  asHolder,
  CENTRE,
  CENTRE_FREEZE,
  DAY,
  goTo,
  issued,
  loadWorld,
  NEVER,
  now,
  Operation,
  OTHER_CENTRE,
  refused,
  requestOf,
  retireCentre,
  Verdict,
  verdictOf,
  type World,
} from "../helpers/certificates.js";

/** Certificates that have each verdict at once, and what it says beside. */
async function everyVerdict(world: World) {
  const start = await now();
  const valid = await issued(world);
  const future = await issued(world, { notBefore: start + 100n * DAY });
  const short = await issued(world, { notAfter: start + DAY });
  const frozen = await issued(world);
  const revoked = await issued(world);
  const superseded = await issued(world);
  const successor = await issued(world, { predecessorId: superseded.certificateId });
  const inactive = await issued(world, { centre: OTHER_CENTRE });
  const request = async (certificateId: string, operation: bigint, changes = {}) =>
    requestOf(world, certificateId, operation, changes);
  await goTo(start + 2n * DAY);
  await asHolder(world, frozen, await request(frozen.certificateId, Operation.FREEZE, { reason: 6n }));
  const frozenAt = await now();
  await asCentre(world, await request(revoked.certificateId, Operation.REVOKE, { reason: 1n }));
  const revokedAt = await now();
  const { certificateId: successorId } = successor;
  await asHolder(world, superseded, await request(superseded.certificateId, Operation.UPDATE, { successorId }));
  const supersededAt = await now();
  await retireCentre(world, OTHER_CENTRE);
  const movedAt = async (certificateId: string) => (await world.ledger.certificateOf(certificateId)).movedAt;
  const line = async (
    { certificateId, contentHash }: typeof valid,
    verdict: bigint,
    reason = 0n,
    since?: bigint,
    next = ZeroHash,
  ) => ({ certificateId, contentHash, answer: [verdict, reason, since ?? (await movedAt(certificateId)), next] });
  const nothing = { certificateId: id("nothing"), contentHash: id("content"), answer: [0n, 0n, 0n, ZeroHash] };
  return {
    UNKNOWN: nothing,
    VALID: await line(valid, Verdict.VALID),
    NOT_YET_VALID: await line(future, Verdict.NOT_YET_VALID),
    EXPIRED: await line(short, Verdict.EXPIRED),
    FROZEN: await line(frozen, Verdict.FROZEN, 6n, frozenAt),
    REVOKED: await line(revoked, Verdict.REVOKED, 1n, revokedAt),
    SUPERSEDED: await line(superseded, Verdict.SUPERSEDED, 0n, supersededAt, successorId),
    MISMATCH: { ...(await line(valid, Verdict.MISMATCH)), contentHash: id("other bytes") },
    ISSUER_INACTIVE: await line(inactive, Verdict.ISSUER_INACTIVE),
  };
}

describe("CertificateLedger", () => {
  describe("verify", () => {
    for (const name of Object.keys(Verdict) as (keyof typeof Verdict)[]) {
      it(`says ${name}, with the last record's reason and time`, async () => {
        const world = await loadWorld();
        const { certificateId, contentHash, answer } = (await everyVerdict(world))[name];
        expect(answer[0]).to.equal(Verdict[name]);
        expect(await world.ledger.verify(certificateId, contentHash)).to.deep.equal(answer);
      });
    }

    it("names a successor only once it has taken the certificate's place", async () => {
      const world = await loadWorld();
      const { certificateId, contentHash } = await issued(world);
      const { certificateId: successorId } = await issued(world, { predecessorId: certificateId });
      expect((await world.ledger.verify(certificateId, contentHash)).successorId).to.equal(ZeroHash);
      const update = await requestOf(world, certificateId, Operation.UPDATE, { successorId });
      await asCentre(world, update);
      expect((await world.ledger.verify(certificateId, contentHash)).successorId).to.equal(successorId);
    });

    it("says UNKNOWN of every id that was not issued: zero, other bytes' and another committee's", async () => {
      const world = await loadWorld();
      const { contentHash } = await issued(world);
      for (const certificateId of [
        ZeroHash,
        id("nothing"),
        await world.ledger.certificateIdOf(world.committeeId, id("other bytes")),
        await world.ledger.certificateIdOf(world.foreignId, contentHash),
        await world.ledger.certificateIdOf(ZeroHash, contentHash),
      ]) {
        expect(await verdictOf(world, { certificateId, contentHash })).to.equal(Verdict.UNKNOWN);
        expect(await verdictOf(world, { certificateId, contentHash: ZeroHash })).to.equal(Verdict.UNKNOWN);
      }
    });

    it("takes both ends of the validity in", async () => {
      const world = await loadWorld();
      const start = await now();
      const [notBefore, notAfter] = [start + 2n * DAY, start + 3n * DAY];
      const certificate = await issued(world, { notBefore, notAfter });
      for (const [time, verdict] of [
        [notBefore - 1n, Verdict.NOT_YET_VALID],
        [notBefore, Verdict.VALID],
        [notAfter, Verdict.VALID],
        [notAfter + 1n, Verdict.EXPIRED],
      ] as const) {
        await goTo(time);
        expect(await verdictOf(world, certificate)).to.equal(verdict);
      }
    });

    it("says VALID again from the second that a centre's freeze ends", async () => {
      const world = await loadWorld();
      const certificate = await issued(world);
      await asCentre(world, await requestOf(world, certificate.certificateId, Operation.FREEZE));
      const ends = (await now()) + CENTRE_FREEZE;
      await goTo(ends - 1n);
      expect(await verdictOf(world, certificate)).to.equal(Verdict.FROZEN);
      await goTo(ends);
      expect(await verdictOf(world, certificate)).to.equal(Verdict.VALID);
    });

    it("freezes for good where the holder or the committee asks", async () => {
      const world = await loadWorld();
      const certificate = await issued(world, { notAfter: NEVER });
      await asHolder(world, certificate, await requestOf(world, certificate.certificateId, Operation.FREEZE));
      await goTo((await now()) + 5_000n * DAY);
      expect(await verdictOf(world, certificate)).to.equal(Verdict.FROZEN);
    });

    describe("given two reasons to refuse", () => {
      it("puts MISMATCH before all others", async () => {
        const world = await loadWorld();
        const verdicts = await everyVerdict(world);
        for (const [name, { certificateId }] of Object.entries(verdicts)) {
          const answer = await verdictOf(world, { certificateId, contentHash: id("other bytes") });
          expect(answer, name).to.equal(name === "UNKNOWN" ? Verdict.UNKNOWN : Verdict.MISMATCH);
        }
      });

      it("puts REVOKED and SUPERSEDED before EXPIRED, and EXPIRED before FROZEN", async () => {
        const world = await loadWorld();
        const { REVOKED, SUPERSEDED, FROZEN, VALID, NOT_YET_VALID, ISSUER_INACTIVE } = await everyVerdict(world);
        await goTo((await now()) + 400n * DAY);
        for (const [line, verdict] of [
          [REVOKED, Verdict.REVOKED],
          [SUPERSEDED, Verdict.SUPERSEDED],
          [FROZEN, Verdict.EXPIRED],
          [VALID, Verdict.EXPIRED],
          [NOT_YET_VALID, Verdict.EXPIRED],
          [ISSUER_INACTIVE, Verdict.EXPIRED],
        ] as const) {
          expect(await verdictOf(world, line)).to.equal(verdict);
        }
      });

      it("puts FROZEN before NOT_YET_VALID, and that before ISSUER_INACTIVE", async () => {
        const world = await loadWorld();
        const notBefore = (await now()) + 100n * DAY;
        const certificate = await issued(world, { notBefore });
        await asHolder(world, certificate, await requestOf(world, certificate.certificateId, Operation.FREEZE));
        await retireCentre(world, CENTRE);
        expect(await verdictOf(world, certificate)).to.equal(Verdict.FROZEN);
        await asCommittee(world, await requestOf(world, certificate.certificateId, Operation.UNFREEZE));
        expect(await verdictOf(world, certificate)).to.equal(Verdict.NOT_YET_VALID);
        await goTo(notBefore);
        expect(await verdictOf(world, certificate)).to.equal(Verdict.ISSUER_INACTIVE);
      });

      it("puts REVOKED before NOT_YET_VALID and ISSUER_INACTIVE", async () => {
        const world = await loadWorld();
        const certificate = await issued(world, { notBefore: (await now()) + 100n * DAY });
        await asCentre(world, await requestOf(world, certificate.certificateId, Operation.REVOKE));
        await retireCentre(world, CENTRE);
        expect(await verdictOf(world, certificate)).to.equal(Verdict.REVOKED);
      });
    });

    it("keeps the verdict of one certificate whatever happens to the others", async () => {
      const world = await loadWorld();
      const [certificate, other] = [await issued(world), await issued(world)];
      await asCentre(world, await requestOf(world, other.certificateId, Operation.REVOKE));
      expect(await verdictOf(world, certificate)).to.equal(Verdict.VALID);
    });
  });

  describe("verifyBatch", () => {
    it("answers as verify does, in the order of the ids", async () => {
      const world = await loadWorld();
      const lines = Object.values(await everyVerdict(world));
      for (const list of [lines, lines.toReversed(), [...lines, ...lines], []]) {
        const answers = await world.ledger.verifyBatch(
          list.map(({ certificateId }) => certificateId),
          list.map(({ contentHash }) => contentHash),
        );
        expect(answers).to.deep.equal(list.map(({ answer }) => answer));
      }
    });

    it("reverts for lists that are not as long as each other", async () => {
      const world = await loadWorld();
      const hash = id("a hash");
      for (const [ids, hashes] of [
        [[hash], []],
        [[], [hash]],
        [[hash, hash], [hash]],
      ] as const) {
        const attempt = world.ledger.verifyBatch([...ids], [...hashes]);
        await refused(world, attempt, "CertificateLedgerLengthMismatch", [ids.length, hashes.length]);
      }
    });
  });
});
