import { expect } from "chai";
import { id, ZeroHash } from "ethers";

import {
  accountOf,
  AccountType,
  ANY,
  applicationIdOf,
  applicationOf,
  approving,
  asCentre,
  asCommittee,
  asHolder,
  CENTRE,
  CENTRE_FREEZE,
  count,
  goTo,
  headOf,
  historyOf,
  issued,
  type Issued,
  loadWorld,
  NONE,
  now,
  Operation,
  OTHER_CENTRE,
  type RecordFields,
  recordIdOf,
  refused,
  Requester,
  requestOf,
  signRequest,
  Verdict,
  verdictOf,
  type World,
} from "../helpers/certificates.js";

/** Sends transactions into one block, in this order, and gives what they came to. */
async function inOneBlock(world: World, sends: readonly (() => Promise<{ hash: string }>)[]): Promise<boolean[]> {
  const { provider } = world.connection.ethers;
  await provider.send("evm_setAutomine", [false]);
  const hashes: string[] = [];
  for (const send of sends) hashes.push((await send()).hash);
  await provider.send("evm_mine", []);
  await provider.send("evm_setAutomine", [true]);
  const receipts = await Promise.all(hashes.map(async (hash) => provider.getTransactionReceipt(hash)));
  expect(new Set(receipts.map((receipt) => receipt?.blockNumber)).size).to.equal(1);
  expect(receipts.map((receipt) => receipt?.index)).to.deep.equal(sends.map((_, i) => i));
  return receipts.map((receipt) => receipt?.status === 1);
}

/** The head that the logs come to is the one that the ledger keeps, and there are as many records (invariants L6, L7). */
async function expectWhole(world: World, { certificateId }: Issued) {
  const { records, head } = await historyOf(world, certificateId);
  const state = await world.ledger.certificateOf(certificateId);
  expect(head).to.equal(state.head);
  expect(BigInt(records.length)).to.equal(state.sequence);
  return records;
}

/** The id of a record of the centre's, or of the issue, in a block that is still to be made. */
function recordOf(
  certificateId: string,
  record: Pick<RecordFields, "operation" | "requester"> &
    Partial<RecordFields> & { to: bigint; from?: bigint; time: bigint; number: bigint },
): string {
  const { from, to, time, number } = record;
  return recordIdOf({
    reason: 0n,
    requestHash: ZeroHash,
    previousRecord: ZeroHash,
    ...record,
    certificateId,
    from: from === undefined ? 0n : accountOf(CENTRE, from),
    to: accountOf(CENTRE, to),
    timestamp: time,
    blockNumber: number,
  });
}

/** The heads before a freeze, an unfreezing and a revocation by the centre in the next block, whose time is set. */
async function headsToCome(world: World, { certificateId }: Issued): Promise<readonly string[]> {
  const time = (await now()) + 100n;
  await world.connection.networkHelpers.time.setNextBlockTimestamp(time);
  const number = BigInt(await world.connection.ethers.provider.getBlockNumber()) + 1n;
  const { ISSUING, FREEZING } = AccountType;
  const head = await headOf(world, certificateId);
  const common = { requester: Requester.CENTRE, time, number };
  const frozen = recordOf(certificateId, {
    ...common,
    operation: Operation.FREEZE,
    reason: 6n,
    from: ISSUING,
    to: FREEZING,
    previousRecord: head,
  });
  const unfrozen = recordOf(certificateId, {
    ...common,
    operation: Operation.UNFREEZE,
    from: FREEZING,
    to: ISSUING,
    previousRecord: frozen,
  });
  return [head, frozen, unfrozen];
}

/** Every transaction needs gas of its own where nothing can be estimated. */
const GAS = { gasLimit: 500_000n };

describe("CertificateLedger", () => {
  describe("the history of a certificate", () => {
    it("is told by the logs, and proved by the head", async () => {
      const world = await loadWorld();
      const certificate = await issued(world);
      const { certificateId } = certificate;
      const request = async (operation: bigint, changes = {}) =>
        requestOf(world, certificateId, operation, { reason: 6n, ...changes });
      const ledger = world.ledger.connect(world.centreAccount);
      await ledger.freeze(certificateId, await headOf(world, certificateId), 6);
      await ledger.unfreeze(certificateId, await headOf(world, certificateId));
      await asHolder(world, certificate, await request(Operation.FREEZE));
      await asCommittee(world, await request(Operation.CONFIRM_FREEZE));
      await asCommittee(world, await request(Operation.UNFREEZE));
      await asCommittee(world, await request(Operation.REHOME, { centre: BigInt(OTHER_CENTRE) }));
      const signed = await request(Operation.FREEZE);
      const signature = await signRequest(world, world.otherAccount, signed);
      await world.ledger.connect(world.stranger).executeAsCentre(signed, signature);
      await goTo((await now()) + CENTRE_FREEZE);
      await world.ledger.connect(world.stranger).endFreeze(certificateId);
      await asHolder(world, certificate, await request(Operation.REVOKE));
      const records = await expectWhole(world, certificate);
      expect(records.map(({ operation, requester }) => [operation, requester])).to.deep.equal([
        [Operation.ISSUE, Requester.COMMITTEE],
        [Operation.FREEZE, Requester.CENTRE],
        [Operation.UNFREEZE, Requester.CENTRE],
        [Operation.FREEZE, Requester.HOLDER],
        [Operation.CONFIRM_FREEZE, Requester.COMMITTEE],
        [Operation.UNFREEZE, Requester.COMMITTEE],
        [Operation.REHOME, Requester.COMMITTEE],
        [Operation.FREEZE, Requester.CENTRE],
        [Operation.UNFREEZE, Requester.ANYONE],
        [Operation.REVOKE, Requester.HOLDER],
      ]);
      for (const [i, record] of records.entries()) expect(record.from).to.equal(i === 0 ? 0n : records[i - 1]!.to);
    });

    it("tells two certificates apart that the same was done to", async () => {
      const world = await loadWorld();
      const [one, other] = [await issued(world), await issued(world)];
      for (const each of [one, other]) {
        await asCentre(world, await requestOf(world, each.certificateId, Operation.FREEZE));
      }
      expect(await headOf(world, one.certificateId)).to.not.equal(await headOf(world, other.certificateId));
      await expectWhole(world, one);
      await expectWhole(world, other);
    });

    describe("given several records in one block", () => {
      it("follows the last one, through freeze, unfreeze and revoke", async () => {
        const world = await loadWorld();
        const certificate = await issued(world);
        const { certificateId } = certificate;
        const ledger = world.ledger.connect(world.centreAccount);
        // Who sends them knows the heads to come: they depend on the block's number and time alone.
        const heads = await headsToCome(world, certificate);
        const done = await inOneBlock(world, [
          async () => ledger.freeze(certificateId, heads[0]!, 6, GAS),
          async () => ledger.unfreeze(certificateId, heads[1]!, GAS),
          async () => ledger.revoke(certificateId, heads[2]!, 1, GAS),
        ]);
        expect(done).to.deep.equal([true, true, true]);
        expect(await verdictOf(world, certificate)).to.equal(Verdict.REVOKED);
        const records = await expectWhole(world, certificate);
        expect(records).to.have.lengthOf(4);
        expect(new Set(records.slice(1).map(({ blockNumber }) => blockNumber)).size).to.equal(1);
      });

      it("follows the last one by anyone and the committee, in the block of the issue, too", async () => {
        const world = await loadWorld();
        const application = await applicationOf(world);
        const contentHash = id("content");
        await count(world, application, approving({ contentHash }));
        const certificateId = await world.ledger.certificateIdOf(world.committeeId, contentHash);
        const { centreAccount, ledger, stranger } = world;
        const time = (await now()) + 100n;
        await world.connection.networkHelpers.time.setNextBlockTimestamp(time);
        const number = BigInt(await world.connection.ethers.provider.getBlockNumber()) + 1n;
        const head = recordOf(certificateId, {
          operation: Operation.ISSUE,
          requester: Requester.COMMITTEE,
          requestHash: applicationIdOf(application),
          to: AccountType.ISSUING,
          time,
          number,
        });
        const done = await inOneBlock(world, [
          async () => ledger.connect(stranger).issue(application, contentHash, 1, "0x", NONE, GAS),
          async () => ledger.connect(centreAccount).freeze(certificateId, head, 6, GAS),
        ]);
        expect(done).to.deep.equal([true, true]);
        expect(await verdictOf(world, { certificateId, contentHash })).to.equal(Verdict.FROZEN);
        await expectWhole(world, { certificateId, contentHash, application });
      });

      it("says the same of a certificate that was frozen and unfrozen within the block", async () => {
        const world = await loadWorld();
        const certificate = await issued(world);
        const { certificateId } = certificate;
        const heads = await headsToCome(world, certificate);
        const ledger = world.ledger.connect(world.centreAccount);
        await inOneBlock(world, [
          async () => ledger.freeze(certificateId, heads[0]!, 6, GAS),
          async () => ledger.unfreeze(certificateId, heads[1]!, GAS),
        ]);
        expect(await verdictOf(world, certificate)).to.equal(Verdict.VALID);
        expect((await world.ledger.certificateOf(certificateId)).sequence).to.equal(3n);
      });
    });

    describe("given two requests on one head", () => {
      it("lets the first pass and refuses the second, in one block", async () => {
        const world = await loadWorld();
        const certificate = await issued(world);
        const { certificateId, application } = certificate;
        const request = await requestOf(world, certificateId, Operation.REVOKE, { reason: 4n });
        const { ledger, holder, centreAccount } = world;
        const head = request.previousRecord;
        const done = await inOneBlock(world, [
          async () => ledger.connect(centreAccount).freeze(certificateId, head, 6, GAS),
          async () =>
            ledger.connect(holder).executeAsHolder(request, application.subjectKeyHash, holder.address, "0x", GAS),
        ]);
        expect(done).to.deep.equal([true, false]);
        expect(await verdictOf(world, certificate)).to.equal(Verdict.FROZEN);
        await expectWhole(world, certificate);
      });

      it("refuses the second of any two, whoever asks for whatever", async () => {
        const world = await loadWorld();
        const certificate = await issued(world);
        const { certificateId } = certificate;
        const freeze = await requestOf(world, certificateId, Operation.FREEZE);
        const revoke = await requestOf(world, certificateId, Operation.REVOKE);
        const ways = [
          async (request: typeof freeze) => asHolder(world, certificate, request),
          async (request: typeof freeze) => asCentre(world, request),
          async (request: typeof freeze) => asCommittee(world, request),
        ];
        const snapshot = await world.connection.networkHelpers.takeSnapshot();
        for (const first of ways) {
          for (const second of ways) {
            await first(freeze);
            const args = [certificateId, await headOf(world, certificateId), revoke.previousRecord];
            await refused(world, second(revoke), "CertificateLedgerNotHead", args);
            await snapshot.restore();
          }
        }
      });

      it("refuses a request for a record that an expiry by anyone replaced", async () => {
        const world = await loadWorld();
        const certificate = await issued(world);
        const { certificateId, application } = certificate;
        const revoke = await requestOf(world, certificateId, Operation.REVOKE);
        await goTo(application.notAfter + 1n);
        await world.ledger.expire(certificateId);
        const args = [certificateId, await headOf(world, certificateId), revoke.previousRecord];
        await refused(world, asHolder(world, certificate, revoke), "CertificateLedgerNotHead", args);
        const anew = await requestOf(world, certificateId, Operation.REVOKE);
        const refusal = [certificateId, AccountType.EXPIRY, Operation.REVOKE, Requester.HOLDER, ANY];
        await refused(world, asHolder(world, certificate, anew), "CertificateLedgerNotAllowed", refusal);
      });
    });
  });
});
