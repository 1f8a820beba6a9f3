import { expect } from "chai";
import { hexlify, id, randomBytes, Wallet } from "ethers";

import {
  ContractRevertError,
  decodeApproval,
  type Epoch,
  type FrostShare,
  groupKeyConfirmationTypedData,
  hashTyped,
  type RevertName,
  retirementTypedData,
  rotationTypedData,
  thresholdWarning,
  toFrostApproval,
  toGroupKeyPoint,
} from "../../sdk/src/index.js";
import { memberKeys } from "../helpers/committee.js";
import { attemptResharing, generateShares, makeParties, type Party, sign, valuesOf } from "../helpers/frostParties.js";
import { type CommitteeChain, setTime, startCommitteeChain } from "./sdk-fixture.js";

const DIGEST = id("what is approved");

describe("CommitteesClient", () => {
  const keys = memberKeys(6);
  let chain: CommitteeChain;
  before(async () => {
    chain = await startCommitteeChain();
  });
  after(() => chain.node.stop());

  const newSalt = (): string => hexlify(randomBytes(32));
  const members = (from = 0, to = 5): readonly string[] => keys.slice(from, to).map(({ address }) => address);

  /** The approval of a committee's members, each with its own key. */
  async function approve(committeeId: string, digest: string, signers = keys, epoch?: number): Promise<string> {
    const request = { committeeId, digest, membersOnly: true, ...(epoch === undefined ? {} : { epoch }) };
    const collector = await chain.hall.committees.collect(request);
    for (const key of signers) {
      if (collector.missing.count > 0 && collector.epoch.members.includes(key.address)) {
        await collector.add({ signature: key.signingKey.sign(digest).serialized });
      }
    }
    return collector.build();
  }

  async function refusal(promise: Promise<unknown>): Promise<RevertName | "fine"> {
    return promise.then(
      () => "fine" as const,
      (error: unknown) => {
        if (error instanceof ContractRevertError) return error.name as RevertName;
        throw error;
      },
    );
  }

  describe("when a committee is created", () => {
    it("resolves to its id and reads back what was given", async () => {
      const admin = Wallet.createRandom().address;
      const config = { members: members(), threshold: 4 };
      const sent = await chain.hall.committees.create({ salt: newSalt(), admin, attributable: true, config });
      const { committeeId, ...created } = await sent.wait();
      expect(created).to.deep.equal({ creator: await chain.signer.getAddress(), admin, attributable: true });
      expect(await chain.hall.committees.read(committeeId)).to.deep.equal({
        id: committeeId,
        admin,
        attributable: true,
        currentEpoch: 1,
      });
      const epoch = await chain.hall.committees.epoch(committeeId);
      expect(epoch).to.deep.include({
        committeeId,
        number: 1,
        members: members(),
        threshold: 4,
        attributable: true,
        validUntil: undefined,
        groupKey: undefined,
        groupKeyConfirmed: false,
      } satisfies Partial<Epoch>);
    });

    it("surfaces the contract's refusal with its arguments and what to do", async () => {
      const config = { members: [...members(0, 2), members()[0]!], threshold: 2 };
      const error: unknown = await chain.hall.committees.create({ salt: newSalt(), config }).catch((e: unknown) => e);
      if (!(error instanceof ContractRevertError)) expect.fail(String(error));
      expect(error.name).to.equal("CommitteeDuplicateMember");
      expect(error.args).to.deep.equal({ member: members()[0], firstIndex: 0n, secondIndex: 2n });
      expect(error.advice).to.not.equal("");
    });

    it("names a committee that is not there", async () => {
      const error: unknown = await chain.hall.committees.read(id("nothing")).catch((e: unknown) => e);
      expect(error).to.have.property("code", "COMMITTEE_UNKNOWN");
    });
  });

  describe("when members share a group key", () => {
    let parties: readonly Party[];
    let shares: readonly FrostShare[];
    let committeeId: string;

    before(async () => {
      parties = makeParties(5);
      shares = await generateShares(parties, 3);
      const groupKey = toGroupKeyPoint(shares[0]!.group.groupKey);
      const config = { members: members(), threshold: 3, groupKey };
      expect(thresholdWarning({ memberCount: 5, threshold: 3 })).to.not.equal(undefined);
      ({ committeeId } = await (await chain.hall.committees.create({ salt: newSalt(), config })).wait());
    });

    it("accepts the group's signature once the members confirmed the key, and not before", async () => {
      const groupKey = toGroupKeyPoint(shares[0]!.group.groupKey);
      const { signature } = await sign({ parties, shares, digest: DIGEST });
      const claim = { committeeId, epoch: 1, digest: DIGEST, approval: toFrostApproval(signature) };
      expect(await refusal(chain.hall.committees.requireApproval(claim))).to.equal("CommitteeGroupKeyUnconfirmed");
      expect(await chain.hall.committees.epoch(committeeId)).to.deep.include({ groupKey, groupKeyConfirmed: false });

      const confirmation = { committeeId, epoch: 1, groupKey };
      const digest = hashTyped(groupKeyConfirmationTypedData(chain.hall.committees.place, confirmation));
      const approval = await approve(committeeId, digest);
      const sent = await chain.hall.committees.confirmGroupKey({ ...confirmation, approval });
      expect(await sent.wait()).to.deep.equal(confirmation);
      expect(await chain.hall.committees.epoch(committeeId)).to.deep.include({ groupKey, groupKeyConfirmed: true });

      await chain.hall.committees.requireApproval(claim);
      expect(await chain.hall.committees.check(claim)).to.deep.equal({
        approved: true,
        scheme: "frost",
        signers: undefined,
      });
      const collector = await chain.hall.committees.collect({ committeeId, digest: DIGEST });
      collector.addFrost(signature);
      expect(collector.build()).to.equal(claim.approval);
      const other = { ...claim, digest: id("something else") };
      expect(await refusal(chain.hall.committees.requireApproval(other))).to.equal("CommitteeWrongGroupSignature");
      expect(await refusal(chain.hall.committees.requireAttributableApproval(claim))).to.equal("CommitteeWrongScheme");
    });

    it("hands the key on to new members, lets the old epoch live through its grace time, and then no longer", async () => {
      const next = makeParties(6, "next");
      const results = await attemptResharing({ shares, dealers: parties.slice(0, 3), members: next, threshold: 4 });
      const outcome = valuesOf([...results.values()]);
      const newShares = outcome.flatMap(({ share }) => (share === undefined ? [] : [share]));
      const { group } = newShares[0]!;
      expect(newShares).to.have.length(6);
      expect(group.groupKey).to.equal(shares[0]!.group.groupKey);

      const groupKey = toGroupKeyPoint(group.groupKey);
      const config = { members: members(0, 6), threshold: 4, groupKey };
      const now = Number(await chain.hall.context.clock());
      const graceUntil = now + 1_000;
      const rotation = { committeeId, currentEpoch: 1, config, graceUntil };
      const digest = hashTyped(rotationTypedData(chain.hall.committees.place, rotation));
      // The rotation itself is approved by the old group's FROST signature.
      const { signature } = await sign({ parties, shares, digest });
      const approval = toFrostApproval(signature);
      const started = await (await chain.hall.committees.rotate({ committeeId, config, graceUntil, approval })).wait();
      expect(started).to.deep.equal({ committeeId, epoch: 2 });

      const confirmation = { committeeId, epoch: 2, groupKey };
      const confirmDigest = hashTyped(groupKeyConfirmationTypedData(chain.hall.committees.place, confirmation));
      const confirmed = await approve(committeeId, confirmDigest);
      await (await chain.hall.committees.confirmGroupKey({ ...confirmation, approval: confirmed })).wait();

      const fresh = await sign({ parties: next, shares: newShares, digest: DIGEST });
      await chain.hall.committees.requireApproval({
        committeeId,
        digest: DIGEST,
        approval: toFrostApproval(fresh.signature),
      });

      const old = { committeeId, epoch: 1, digest: DIGEST, approval: await approve(committeeId, DIGEST, keys, 1) };
      expect(decodeApproval(old.approval).scheme).to.equal("members");
      expect((await chain.hall.committees.epoch(committeeId, 1)).validUntil).to.equal(graceUntil);
      await setTime(chain, graceUntil - 1);
      await chain.hall.committees.requireApproval(old);
      await setTime(chain, graceUntil);
      expect(await refusal(chain.hall.committees.requireApproval(old))).to.equal("CommitteeEpochOver");
      // The context's clock tells when a transaction sent now would run: a second later.
      expect(await chain.hall.committees.check(old)).to.deep.equal({
        approved: false,
        refusal: { error: "CommitteeEpochOver", validUntil: graceUntil, timestamp: graceUntil + 1 },
      });
    });
  });

  describe("when an epoch is retired", () => {
    it("ends by the members' approval", async () => {
      const config = { members: members(), threshold: 3 };
      const { committeeId } = await (await chain.hall.committees.create({ salt: newSalt(), config })).wait();
      const retirement = { committeeId, currentEpoch: 1, epoch: 1 };
      const digest = hashTyped(retirementTypedData(chain.hall.committees.place, retirement));
      const approval = await approve(committeeId, digest);
      const sent = await chain.hall.committees.retire({ committeeId, epoch: 1, approval });
      const { validUntil, ...ended } = await sent.wait();
      expect(ended).to.deep.equal({ committeeId, epoch: 1 });
      expect((await chain.hall.committees.epoch(committeeId)).validUntil).to.equal(validUntil);
    });

    it("ends by the admin alone, and by nobody else alone", async () => {
      const config = { members: members(), threshold: 3 };
      const admin = await chain.signer.getAddress();
      const { committeeId } = await (await chain.hall.committees.create({ salt: newSalt(), admin, config })).wait();
      const without = await (await chain.hall.committees.create({ salt: newSalt(), config })).wait();
      const refused = chain.hall.committees.retire({ committeeId: without.committeeId, epoch: 1 });
      expect(await refusal(refused)).to.equal("CommitteeNotAdmin");
      const ended = await (await chain.hall.committees.retire({ committeeId, epoch: 1 })).wait();
      expect(ended.epoch).to.equal(1);
    });
  });

  describe("when there is only a provider", () => {
    it("reads, and names the signer that writing lacks", async () => {
      const { Guildhall } = await import("../../sdk/src/index.js");
      const { Directory: directory } = chain.hall.context.addresses;
      const hall = await Guildhall.connect(chain.node.provider, { directory });
      const config = { members: members(), threshold: 3 };
      const error: unknown = await hall.committees.create({ salt: newSalt(), config }).catch((e: unknown) => e);
      expect(error).to.have.property("code", "NO_SIGNER");
    });
  });
});
